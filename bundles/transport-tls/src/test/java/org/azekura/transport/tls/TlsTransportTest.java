package org.azekura.transport.tls;

import java.nio.file.Path;
import org.azekura.api.transport.Transport;
import org.azekura.testkit.transport.TransportContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class TlsTransportTest implements TransportContract {

    @TempDir
    Path home;
    private TlsTransport transport;

    @BeforeEach
    void start() throws Exception {
        transport = Hosts.of(new Authority().home(home, SELF, SERVER));
    }

    @AfterEach
    void stop() {
        transport.close();
    }

    @Override
    public Transport transport() {
        return transport;
    }
}
