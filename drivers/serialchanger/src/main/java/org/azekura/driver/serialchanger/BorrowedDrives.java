package org.azekura.driver.serialchanger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;

/** The drives that a robot feeds belong to another library, which may come and go: each call goes to the one that is there. Thread-safe. */
final class BorrowedDrives {

    private final Lender lender;
    private final String name;
    private volatile boolean closed;

    /** Where the other library is. */
    @FunctionalInterface
    interface Lender {

        /** Does something with it. @return null if it is not there */
        Object use(Use use) throws Throwable;
    }

    /** What is done with it. */
    @FunctionalInterface
    interface Use {
        Object with(Library library) throws Throwable;
    }

    /** @param name of the library that has the drives */
    BorrowedDrives(String name, Lender lender) {
        this.name = name;
        this.lender = lender;
    }

    /** Always the same ones, whether they are there or not. */
    List<Drive> list(int count) {
        List<Drive> drives = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            drives.add((Drive) Proxy.newProxyInstance(Drive.class.getClassLoader(), new Class<?>[] {Drive.class},
                    (proxy, method, arguments) -> call(proxy, number, method, arguments)));
        }
        return List.copyOf(drives);
    }

    private Object call(Object self, int number, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "equals" -> {
                return self == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(self);
            }
            case "toString", "location" -> {
                return "drive " + number + " of " + name;
            }
            default -> { }
        }
        if (closed) {
            throw BackupException.device("device.closed", name, "drive " + number + " of " + name + " is closed", null);
        }
        boolean[] there = new boolean[1];
        Object answer = lender.use(library -> {
            List<Drive> drives = library.drives();
            if (number >= drives.size()) {
                return null;
            }
            there[0] = true;
            try {
                return method.invoke(drives.get(number), arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        if (!there[0]) {
            throw BackupException.device("device.unserved", name, "there is no drive " + number + " of library " + name + " here; \"azekura device list\" says why", null);
        }
        return answer;
    }

    void close() {
        closed = true;
    }
}
