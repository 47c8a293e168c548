package org.azekura.client;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.message.ClientOrder;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that two servers order something of. */
@Timeout(300)
class TwoServersTest {

    @TempDir
    Path dir;

    private ClientOrder.Restore restore(int job) {
        return new ClientOrder.Restore(new JobId(job), Scene.POOL, FakeNode.ACCESS, Scene.raw(dir.resolve("target")), Overwrite.NEVER, false, null);
    }

    @Test
    void aJobIsThatOfTheServerThatOrderedItLastAndEndsWithItsConnectionAlone() throws Exception {
        LocalTransport transport = new LocalTransport();
        new FakeNode(transport);
        try (FakeServer first = new FakeServer(transport); FakeServer second = new FakeServer(transport, "second");
                ClientRole role = new ClientRole(Scene.CLIENT, Scene.VERSION, Files.createDirectory(dir.resolve("home")),
                        List.of(new Endpoint("local", "server"), new Endpoint("local", "second")), new Transports(transport), Instant::now)) {
            first.order(restore(1));
            first.order(restore(2));
            assertRefused("job.running", () -> first.order(restore(1)));
            second.order(restore(1));
            assertFalse(first.reported(new JobId(1)), role::toString);
            first.conversation().close();
            first.awaitNext();
            assertRefused("job.running", () -> second.order(restore(1)));
            second.order(restore(2));
        }
    }
}
