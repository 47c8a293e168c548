package org.azekura.transport.tls;

import java.nio.file.Path;
import org.azekura.api.transport.Transport;

/** The real transport between hosts, for tests of both sides. */
public final class TlsDoor implements AutoCloseable {

    private final TlsTransport transport;

    /** At any free port of the loopback address. @param home with the identity of the host, now or later */
    public TlsDoor(Path home) {
        transport = new TlsTransport(home, Settings.of(name -> name.equals(Settings.PREFIX + "port") ? "0" : null), new Refusals());
    }

    public Transport transport() {
        return transport;
    }

    @Override
    public void close() {
        transport.close();
    }
}
