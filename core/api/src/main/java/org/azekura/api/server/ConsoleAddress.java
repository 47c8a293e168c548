package org.azekura.api.server;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Published by the REST interface when it answers. The launcher waits for this service; it reads the property {@value #URL}
 * and shares no class with us.
 */
@ProviderType
public interface ConsoleAddress {

    /** Service property: the address as text. */
    String URL = "azekura.url";

    /** {@code https://HOST:PORT}, for this machine. */
    URI url();

    /** The same for other hosts, where there are any that reach it. */
    default URI elsewhere() {
        return url();
    }
}
