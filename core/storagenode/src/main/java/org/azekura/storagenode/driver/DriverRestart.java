package org.azekura.storagenode.driver;

import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.storagenode.device.Served;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a driver started anew that throws again and again what nobody expects. */
public record DriverRestart(Supplier<DriverInstaller> installer, Drivers drivers) implements Served.Crash {

    private static final Logger LOG = LoggerFactory.getLogger(DriverRestart.class);

    @Override
    public void happened(DeviceName device, Throwable last) {
        LOG.error("device {}: its driver throws again and again", device, last);
        // Not on the device's thread: a pause would wait for that.
        Thread.ofPlatform().daemon().name("driver of " + device + " starts anew").start(() -> restart(device, last));
    }

    private void restart(DeviceName device, Throwable last) {
        try {
            String driver = drivers.driverOf(device);
            DriverInstaller here = installer.get();
            if (driver != null && here != null) {
                LOG.warn("driver {}: {}", driver, here.restart(driver, "device " + device + " threw " + last));
            }
        } catch (BackupException e) {
            LOG.error("device {}: {}", device, e.getMessage());
        }
    }
}
