package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.Quota;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client stores no more than its tickets leave it, whatever it says. */
@Timeout(300)
class NodeQuotaTest extends OnOneNode {

    private static final long QUOTA = 1 << 20;

    private NodeBench.Client bounded(int job, long left) throws BackupException {
        bench.server.order(new NodeOrder.PrepareVolume(new JobId(job), NodeBench.POOL, NodeBench.CLIENT, NodeBench.GROUP, true), PoolAnswer.VolumeReady.class);
        return bench.dial(TestTickets.bounded(TestTickets.ticket(new JobId(job), NodeBench.POOL, NodeBench.CLIENT, NodeBench.GROUP, true), QUOTA, left));
    }

    private long onVolume() {
        return bench.server.packs.stream().mapToLong(NodeReport.PackWritten::size).sum();
    }

    @Test
    void aJobThatWouldPassItFailsAndSaysWhatToDo() throws Exception {
        try (NodeBench.Client client = bounded(1, 100_000)) {
            BackupException refusal = assertRefused("quota.exceeded", () -> client.store(client.newChunks(200), 1000));
            assertTrue(refusal.getMessage().contains("1.00 MiB") && refusal.getMessage().contains("client quota c1 SIZE"), refusal.getMessage());
            assertRefused("quota.exceeded", () -> client.known(bench.frames.id()));
            client.end();
        }
        assertTrue(onVolume() <= 100_000, "stored " + onVolume());
    }

    @Test
    void whatIsKnownCostsNothing() throws Exception {
        List<ChunkId> chunks;
        try (NodeBench.Client client = bounded(1, 100_000)) {
            chunks = client.newChunks(50);
            assertTrue(client.store(chunks, 1000) > 50_000);
            client.end();
        }
        try (NodeBench.Client client = bounded(2, 0)) {
            assertEquals(0, client.store(chunks, 1000));
            assertRefused("quota.exceeded", () -> client.store(client.newChunks(1), 10));
        }
    }

    @Test
    void jobsAtTheSameTimeShareIt() throws Exception {
        try (NodeBench.Client one = bounded(1, 100_000); NodeBench.Client two = bounded(2, 100_000)) {
            assertTrue(one.store(one.newChunks(60), 1000) > 60_000);
            assertRefused("quota.exceeded", () -> two.store(two.newChunks(60), 1000));
            two.end();
            assertTrue(one.store(one.newChunks(20), 1000) > 80_000);
        }
        assertTrue(onVolume() <= 100_000, "stored " + onVolume());
    }

    @Test
    void whatTheServerCountsEndsAJobToo() throws Exception {
        bench.server.onPack = report -> {
            throw new Quota(NodeBench.CLIENT, 10, 20).exceeded();
        };
        try (NodeBench.Client client = bench.client(1)) {
            assertRefused("quota.exceeded", () -> client.store(client.newChunks(1), 1000));
        }
    }
}
