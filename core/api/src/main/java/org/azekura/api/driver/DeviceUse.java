package org.azekura.api.driver;

import java.time.Duration;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.osgi.annotation.versioning.ProviderType;

/** Who uses the devices of a process: a storage node. An OSGi service; whoever changes a driver asks all of them to pause first. */
@ProviderType
public interface DeviceUse {

    /**
     * Takes these devices out of use: jobs that write finish the packs that they are writing, early; calls that have begun end; new ones wait. Jobs
     * stay, and their progress says why they wait.
     *
     * @param why      for people, like {@code driver disk is updated to 1.4.0}
     * @param patience for the calls that have begun; what is still going on then is given up
     * @return what lets them go on; must be closed
     * @throws BackupException {@code device.paused} if one of them is paused already
     */
    Pause pause(Set<DeviceName> devices, String why, Duration patience) throws BackupException;

    /** Devices out of use. */
    interface Pause extends AutoCloseable {

        /**
         * Waits until each device is served by another service than before, and tries each: its room, a small blob or a block where that does no
         * harm, the driver's own self-test; the labels of volumes that were in use must be the same.
         *
         * @throws BackupException what a device said, {@code device.unserved}, {@code volume.foreign}, {@code volume.missing}
         */
        void prove(Duration patience) throws BackupException;

        /** Jobs go on with what serves the devices; those that none serves park in time. */
        @Override
        void close();
    }
}
