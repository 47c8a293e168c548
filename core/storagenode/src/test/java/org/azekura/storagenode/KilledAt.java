package org.azekura.storagenode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;

/**
 * An appliance, or its node alone, that is killed at a certain step: before or behind a change of its catalog, or before its robot or a drive does something. From then on nothing is
 * done for it, not even what would take back what was begun. Thread-safe.
 */
final class KilledAt {

    private static final Set<String> STEPS = Set.of("move", "exchange", "load", "unload", "write", "writeFilemarks");

    private final boolean server;
    private int left = Integer.MAX_VALUE;
    private boolean dead;

    /** All of it is killed. */
    KilledAt() {
        this(true);
    }

    /** @param server whether the server is killed, too; else it lives on, and loses its node */
    KilledAt(boolean server) {
        this.server = server;
    }

    /** Steps are counted from here on; this one, from 0, is not done any more. */
    synchronized void at(int step) {
        left = step;
    }

    /** So many steps were done since. */
    synchronized int done(int of) {
        return of - left;
    }

    synchronized boolean isDead() {
        return dead;
    }

    /** Another one begins, which nobody kills. */
    synchronized void again() {
        left = Integer.MAX_VALUE;
        dead = false;
    }

    private synchronized void step() throws BackupException {
        dead = dead || left-- == 0;
        require();
    }

    private synchronized void require() throws BackupException {
        if (dead) {
            throw BackupException.device("device.io", "", "it was killed", null);
        }
    }

    CatalogStore catalog(CatalogStore catalog) {
        return !server ? catalog : new CatalogStore() {
            @Override
            public <T> T read(Query<T> query) throws BackupException {
                require();
                return catalog.read(query);
            }

            @Override
            public <T> T write(Change<T> change) throws BackupException {
                step();
                T done = catalog.write(change);
                step();
                return done;
            }
        };
    }

    Library library(Library library) {
        List<Drive> drives = library.drives().stream().map(drive -> stepping(Drive.class, drive)).toList();
        Optional<Changer> robot = library.changer().map(changer -> stepping(Changer.class, changer));
        return new Library() {
            @Override
            public Optional<Changer> changer() {
                return robot;
            }

            @Override
            public List<Drive> drives() {
                return drives;
            }

            @Override
            public String location() {
                return library.location();
            }

            @Override
            public void selfTest() throws BackupException {
                library.selfTest();
            }
        };
    }

    private <T> T stepping(Class<T> kind, T device) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (proxy, method, arguments) -> {
            if (STEPS.contains(method.getName())) {
                step();
            } else if (List.of(method.getExceptionTypes()).contains(BackupException.class)) {
                require();
            }
            try {
                return method.invoke(device, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
