package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.Endpoint;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody answers where the storage node of a job is said to be. */
@Timeout(300)
class NodeAwayTest {

    @TempDir
    Path dir;

    @Test
    void bothSidesThatDoNotReachEachOtherAreNamed() throws Exception {
        Files.writeString(Files.createDirectory(dir.resolve("source")).resolve("file"), "content");
        try (Scene scene = new Scene(Files.createDirectory(dir.resolve("home")))) {
            ClientOrder.Collect order = scene.collect(dir.resolve("source"), null);
            NodeAccess away = new NodeAccess(FakeNode.ACCESS.node(), new Endpoint("local", "nobody"), FakeNode.ACCESS.ticket());
            scene.server.order(new ClientOrder.Collect(order.job(), order.snapshot(), order.client(), order.saveSet(), order.stream(), order.pool(),
                    order.parent(), away, order.never(), order.dryRun(), order.attempt(), order.goesOn()));
            ClientReport.JobFailed failed = scene.server.await(order.job(), ClientReport.JobFailed.class);
            assertEquals("node.unreachable", failed.failure().code(), failed::toString);
            assertTrue(failed.failure().message().startsWith("client " + Scene.CLIENT + " can't reach storage node " + away.node() + ": "), failed::toString);
        }
    }
}
