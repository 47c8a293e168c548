package org.azekura.storagenode.driver;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a device other settings while its jobs wait, and those before again if it will not do with them. */
record SettingsSwap(Drivers drivers, NodeDeviceUse use) {

    /** For calls that have begun. All times together are less than {@link org.azekura.storagenode.device.DeviceGate#LONGEST}. */
    private static final Duration CALLS = Duration.ofSeconds(30);
    /** To be served anew and to pass its tests. */
    private static final Duration PROOF = Duration.ofSeconds(60);
    private static final Logger LOG = LoggerFactory.getLogger(SettingsSwap.class);

    /** @throws BackupException {@code device.paused}; what the device said with the new settings: then it has those that it had */
    void run(DeviceName name, Map<String, String> set, Set<String> unset) throws BackupException {
        long begin = System.nanoTime();
        try (PausedDevices paused = use.pause(Set.of(name), "device " + name + " gets other settings", CALLS)) {
            Drivers.Change change = drivers.change(name, set, unset);
            if (!change.changed()) {
                LOG.info("device {} has these settings already", name);
                return;
            }
            try {
                paused.proveAll(PROOF);
                change.keep();
            } catch (BackupException e) {
                throw undone(name, change, paused, e);
            } catch (RuntimeException e) {
                throw undone(name, change, paused, BackupException.bug("device " + name, e));
            }
        }
        LOG.info("device {} has other settings; its jobs waited {} ms", name, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static BackupException undone(DeviceName name, Drivers.Change change, PausedDevices paused, BackupException why) {
        String then = "device " + name + " keeps the settings that it had";
        try {
            change.undo();
            change.keep();
            paused.prove(PROOF);
        } catch (BackupException e) {
            why.addSuppressed(e);
            then += ", and does not do with those either (" + e.getMessage() + ")";
        }
        LOG.warn("{}: {}", then, why.getMessage());
        Failure failure = why.failure();
        return new BackupException(new Failure(failure.code(), failure.kind(), failure.retryable(), failure.subject(), then + ": " + failure.message()), why);
    }
}
