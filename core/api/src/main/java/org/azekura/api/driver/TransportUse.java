package org.azekura.api.driver;

import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A role that offers something at transports, or dials by them. An OSGi service; whoever changes a transport asks all of them before. Nobody waits
 * for the change: connections of a transport that stops break, whoever had them dials again, and jobs go on as after any broken connection.
 */
@ProviderType
public interface TransportUse {

    /**
     * Notes what stands now: at which transports the role can be reached, and whether it has joined its server.
     *
     * @return {@link DeviceUse.Pause#prove} waits until all of that stands again, by other transports than those that have stopped; it throws {@code
     *         transport.unproven}, naming what does not
     */
    DeviceUse.Pause begin() throws BackupException;
}
