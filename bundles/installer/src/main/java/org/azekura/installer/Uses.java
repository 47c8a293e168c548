package org.azekura.installer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.DeviceUse;

/** Everybody in this process who uses devices. Thread-safe. */
final class Uses {

    private final List<DeviceUse> all = new CopyOnWriteArrayList<>();

    void add(DeviceUse use) {
        all.add(use);
    }

    void remove(DeviceUse use) {
        all.remove(use);
    }

    /** Has all of them pause; if one can't, none does. */
    DeviceUse.Pause pause(Set<DeviceName> devices, String why, Duration patience) throws BackupException {
        Paused paused = new Paused(new ArrayList<>());
        boolean all = false;
        try {
            for (DeviceUse use : this.all) {
                paused.pauses.add(use.pause(devices, why, patience));
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
