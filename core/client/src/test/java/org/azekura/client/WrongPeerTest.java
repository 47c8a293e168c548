package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeAccess;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client trusts nobody by an address. */
@Timeout(300)
class WrongPeerTest {

    @TempDir
    Path dir;

    @Test
    void presentsItsTicketToNoOtherNode() throws Exception {
        Files.writeString(Files.createDirectory(dir.resolve("source")).resolve("file"), "content");
        try (Scene scene = new Scene(Files.createDirectory(dir.resolve("home")))) {
            ClientOrder.Collect order = scene.collect(dir.resolve("source"), null);
            NodeAccess other = new NodeAccess(new NodeName("other"), FakeNode.ACCESS.endpoint(), FakeNode.ACCESS.ticket());
            scene.server.order(new ClientOrder.Collect(order.job(), order.snapshot(), order.client(), order.saveSet(), order.stream(), order.pool(),
                    order.parent(), other, order.never(), order.dryRun(), order.attempt(), order.goesOn()));
            ClientReport.JobFailed failed = scene.server.await(order.job(), ClientReport.JobFailed.class);
            assertEquals("peer.name", failed.failure().code(), failed::toString);
            assertEquals(0, scene.node.stored.size());
        }
    }

    @Test
    void saysNothingToWhatIsNoServer() throws Exception {
        LocalTransport transport = new LocalTransport();
        CountDownLatch visits = new CountDownLatch(2);
        try (var impostor = transport.listen("server", "node/n1", connection -> {
            try (connection) {
                if (connection.control().receive(Duration.ofSeconds(20)) == null) {
                    visits.countDown();
                }
            } catch (BackupException e) {
                visits.countDown();
            }
        }); ClientRole role = new ClientRole(new ClientName("c1"), "0.1.0", Files.createDirectory(dir.resolve("home")), List.of(new Endpoint("local", "server")),
                new Transports(transport), Instant::now)) {
            assertTrue(visits.await(120, TimeUnit.SECONDS), () -> role + " at " + impostor.address());
        }
    }
}
