package org.azekura.installer;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;

/** Which devices are configured for a driver. */
@FunctionalInterface
interface DeviceBook {

    /** By name. */
    List<DeviceName> of(String driver) throws BackupException;
}
