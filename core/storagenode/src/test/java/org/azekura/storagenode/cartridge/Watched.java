package org.azekura.storagenode.cartridge;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;
import org.azekura.testkit.catalog.Records;

/** A library whose drives tell what they are asked for. */
final class Watched implements Library {

    private final Library library;
    private final List<Drive> drives;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile boolean byHand;
    private volatile boolean plain;
    private volatile Before before = (name, number) -> {};

    /** Something that happens before a call is made; number counts all calls from 0. */
    interface Before {
        void call(String name, int number) throws Exception;
    }

    Watched(Library library) {
        this.library = library;
        this.drives = library.drives().stream().map(this::watched).toList();
    }

    private Drive watched(Drive drive) {
        return (Drive) Proxy.newProxyInstance(Drive.class.getClassLoader(), new Class<?>[] {Drive.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("writeFilemarks") && arguments[0].equals(0)) {
                called("sync");
            } else if (!List.of("location", "capabilities").contains(method.getName())) {
                called(method.getName());
            }
            try {
                Object answer = method.invoke(drive, arguments);
                return plain && answer instanceof Drive.Capabilities can ? Records.with(can, "encryption", false) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private void called(String name) throws Exception {
        int number = calls.size();
        calls.add(name);
        before.call(name, number);
    }

    void before(Before act) {
        before = act;
    }

    /** As if there were no robot. */
    void byHand() {
        byHand = true;
    }

    /** As if no drive could seal. */
    void cannotSeal() {
        plain = true;
    }

    /** Forgets the calls that were made. */
    void start() {
        calls.clear();
    }

    List<String> calls() {
        return calls;
    }

    long count(String name) {
        return calls.stream().filter(name::equals).count();
    }

    @Override
    public Optional<Changer> changer() {
        return byHand ? Optional.empty() : library.changer();
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
}
