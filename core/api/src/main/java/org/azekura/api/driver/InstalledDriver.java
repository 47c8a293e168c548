package org.azekura.api.driver;

import java.util.List;
import org.azekura.api.DeviceName;

/**
 * A driver package that is on a host.
 *
 * @param name      like {@code disk}; the family of its devices
 * @param version   three numbers, like {@code 1.4.0}
 * @param publisher the name in the certificate that signed the package; empty for an unsigned one, and for what came with the appliance and in no
 *                  package
 * @param devices   that are configured for it, served or not, by name
 * @param problem   why it is as it is; empty if all is well
 */
public record InstalledDriver(String name, String version, String publisher, State state, List<DeviceName> devices, String problem) {

    /** How it stands with a driver. */
    public enum State {
        /** It runs; its devices can be used. */
        ACTIVE,
        /** One version gives way to another; jobs wait. */
        SWAPPING,
        /** It does not run, and jobs on its devices park. */
        FAILED
    }

    public InstalledDriver {
        devices = List.copyOf(devices);
    }
}
