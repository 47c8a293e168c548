package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class NodeTransportUseTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path dir;
    private final LocalTransport first = new LocalTransport();
    private final Transports transports = new Transports(first);
    private final StorageNodeRole role = new StorageNodeRole();
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer(first);
        role.start(new NodeName("n1"), "0.1.0", List.of(new Endpoint("local", "server")), transports, new FakeDrivers(role), dir.resolve("node"), LONG);
        server.awaitNode();
        assertTrue(role.transportUse().servers().all().iterator().next().awaitAnew(null, LONG));
    }

    @AfterEach
    void end() {
        role.close();
        server.close();
    }

    /** Listens as it should, and reaches nobody. */
    private record Lame(LocalTransport within) implements Transport {

        @Override
        public String scheme() {
            return "local";
        }

        @Override
        public Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException {
            return within.listen(service, self, accept);
        }

        @Override
        public Connection dial(String address, String self, Duration timeout) throws BackupException {
            throw BackupException.network("transport.unreachable", address, "this version reaches nobody", null);
        }
    }

    private void swap(Transport to) {
        transports.remove(first);
        server.hangUp();
        transports.add(to);
    }

    @Test
    void aTransportIsProvenWhenTheServerIsJoinedAgain() throws Exception {
        DeviceUse.Pause pause = role.transportUse().begin();
        assertRefused("transport.unproven", () -> {
            transports.remove(first);
            pause.prove(SHORT);
        });
        server.hangUp();
        LocalTransport next = new LocalTransport();
        try (FakeServer again = new FakeServer(next)) {
            transports.add(next);
            pause.prove(LONG);
            pause.close();
            again.awaitNode();
        }
    }

    @Test
    void aTransportThatListensAndReachesNobodyIsNot() throws Exception {
        DeviceUse.Pause pause = role.transportUse().begin();
        swap(new Lame(new LocalTransport()));
        BackupException e = assertRefused("transport.unproven", () -> pause.prove(SHORT));
        assertTrue(e.getMessage().contains("the server, which was joined by transport local, is not joined again"), e.getMessage());
        pause.close();
    }

    @Test
    void aServerThatWasAwayBeforeIsNotAskedFor() throws Exception {
        Transports lonely = new Transports(new LocalTransport());
        try (StorageNodeRole alone = new StorageNodeRole()) {
            alone.start(new NodeName("n2"), "0.1.0", List.of(new Endpoint("local", "server")), lonely, new FakeDrivers(alone), dir.resolve("alone"), LONG);
            DeviceUse.Pause pause = alone.transportUse().begin();
            lonely.remove(lonely.find("local"));
            lonely.add(new Lame(new LocalTransport()));
            pause.prove(SHORT);
            pause.close();
        }
    }
}
