package org.azekura.installer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.CatalogUse;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.TransportUse;

/** Everybody in this process who uses what drivers serve with. Thread-safe. */
final class Uses {

    private final List<DeviceUse> devices = new CopyOnWriteArrayList<>();
    private final List<TransportUse> transports = new CopyOnWriteArrayList<>();
    private final List<CatalogUse> catalogs = new CopyOnWriteArrayList<>();

    /** Has whoever uses a driver make way for its change. */
    @FunctionalInterface
    interface Pausing {
        DeviceUse.Pause pause(Duration patience) throws BackupException;
    }

    void add(DeviceUse use) {
        devices.add(use);
    }

    void remove(DeviceUse use) {
        devices.remove(use);
    }

    void add(TransportUse use) {
        transports.add(use);
    }

    void remove(TransportUse use) {
        transports.remove(use);
    }

    void add(CatalogUse use) {
        catalogs.add(use);
    }

    void remove(CatalogUse use) {
        catalogs.remove(use);
    }

    /**
     * Has all who use this kind of driver pause; if one can't, none does.
     *
     * @param served which devices, if it is of that kind
     * @throws BackupException what one of them says
     */
    DeviceUse.Pause pause(Admission.Kind kind, Set<DeviceName> served, String why, Duration patience) throws BackupException {
        if (kind == Admission.Kind.CATALOG && catalogs.isEmpty()) {
            throw BackupException.operator("catalog.locked", "", "the catalog store can't give way: the backup server, which knows whether a job needs the"
                    + " catalog, does not run here");
        }
        return all(switch (kind) {
            case DEVICE -> devices.stream().<Pausing>map(use -> within -> use.pause(served, why, within)).toList();
            case TRANSPORT -> transports.stream().<Pausing>map(use -> within -> use.begin()).toList();
            case CATALOG -> catalogs.stream().<Pausing>map(use -> within -> use.pause(why, within)).toList();
        }, patience);
    }

    private static DeviceUse.Pause all(List<Pausing> users, Duration patience) throws BackupException {
        Paused paused = new Paused(new ArrayList<>());
        boolean all = false;
        try {
            for (Pausing user : users) {
                paused.pauses.add(user.pause(patience));
            }
            all = true;
            return paused;
        } finally {
            if (!all) {
                paused.close();
            }
        }
    }

    private record Paused(List<DeviceUse.Pause> pauses) implements DeviceUse.Pause {

        @Override
        public void prove(Duration patience) throws BackupException {
            for (DeviceUse.Pause pause : pauses) {
                pause.prove(patience);
            }
        }

        @Override
        public void close() {
            pauses.forEach(DeviceUse.Pause::close);
        }
    }
}
