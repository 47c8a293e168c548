package org.azekura.installer;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Devices as the configuration admin knows them: each is a factory configuration {@code org.azekura.driver.DRIVER~NAME}. */
final class ConfiguredDevices implements DeviceBook {

    private static final String PREFIX = "org.azekura.driver.";

    private final ConfigurationAdmin configurations;

    ConfiguredDevices(ConfigurationAdmin configurations) {
        this.configurations = configurations;
    }

    @Override
    public List<DeviceName> of(String driver) throws BackupException {
        String prefix = PREFIX + driver + "~";
        try {
            // A driver's name has no character that means anything in a filter.
            Configuration[] found = configurations.listConfigurations("(" + Constants.SERVICE_PID + "=" + prefix + "*)");
            return Stream.of(found == null ? new Configuration[0] : found).map(configuration -> configuration.getPid().substring(prefix.length())).sorted()
                    .flatMap(ConfiguredDevices::name).toList();
        } catch (IOException e) {
            throw BackupException.device("device.configuration", driver, "the devices of driver " + driver + " cannot be read: " + e.getMessage(), e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nobody else takes a name for a device that is none. */
    private static Stream<DeviceName> name(String text) {
        try {
            return Stream.of(new DeviceName(text));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }
}
