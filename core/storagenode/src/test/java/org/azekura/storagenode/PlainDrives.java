package org.azekura.storagenode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.api.device.Drive;
import org.azekura.api.device.Library;

/**
 * A library some of whose drives can't seal.
 *
 * @param unable numbers of these
 * @param silent numbers of those that do not answer when they are asked what they can
 */
record PlainDrives(Library library, Set<Integer> unable, Set<Integer> silent) implements Library {

    PlainDrives(Library library) {
        this(library, ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
    }

    @Override
    public List<Drive> drives() {
        List<Drive> drives = library.drives();
        return drives.stream().map(drive -> (Drive) Proxy.newProxyInstance(Drive.class.getClassLoader(), new Class<?>[] {Drive.class}, (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(drive, arguments);
                return result instanceof Drive.Capabilities can ? can(drives.indexOf(drive), can) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        })).toList();
    }

    private Drive.Capabilities can(int drive, Drive.Capabilities can) throws BackupException {
        if (silent.contains(drive)) {
            throw BackupException.device("device.io", "drive " + drive, "drive " + drive + " does not answer", null);
        }
        return new Drive.Capabilities(can.minBlock(), can.maxBlock(), can.onTape(), can.order(), can.erase(), can.alerts(), can.compression(), !unable.contains(drive)
                && can.encryption(), can.programWarning(), can.counters(), can.protection(), can.describe());
    }

    @Override
    public Optional<Changer> changer() {
        return library.changer();
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
