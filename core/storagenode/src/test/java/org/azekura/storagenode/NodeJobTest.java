package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.transport.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may do what, and when it ends. */
@Timeout(300)
class NodeJobTest extends OnOneNode {

    @Test
    void endingAJobDropsWhatIsUnfinishedAndKeepsWhatIsDurable() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            List<ChunkId> durable = client.newChunks(1);
            client.store(durable, 100);
            ChunkId unfinished = bench.frames.id();
            Stream stream = client.storeStream();
            stream.send(bench.frames.data(client.session, unfinished, 10), NodeBench.LONG);
            while (!client.known(unfinished)) {
                Thread.onSpinWait();
            }
            bench.server.done(new NodeOrder.EndJob(client.job));
            client.talk.ended().get(120, TimeUnit.SECONDS);
            try (NodeBench.Client next = bench.client(2)) {
                assertTrue(next.known(durable.get(0)));
                assertFalse(next.known(unfinished));
            }
            assertEquals(1, store.keys("packs/").size());
        }
    }

    @Test
    void aClientMayComeBeforeTheServerHasPreparedItsJob() throws Exception {
        CompletableFuture<NodeBench.Client> early = CompletableFuture.supplyAsync(() -> {
            try {
                return bench.dial(TestTickets.ticket(new JobId(8), NodeBench.POOL, NodeBench.CLIENT, NodeBench.GROUP, true));
            } catch (BackupException e) {
                throw new AssertionError(e);
            }
        });
        bench.server.order(new NodeOrder.PrepareVolume(new JobId(8), NodeBench.POOL, NodeBench.CLIENT, NodeBench.GROUP, true), PoolAnswer.VolumeReady.class);
        early.get(120, TimeUnit.SECONDS).close();
    }

    @Test
    void anotherClientsJobIsRefused() throws Exception {
        bench.server.order(new NodeOrder.PrepareVolume(new JobId(1), NodeBench.POOL, new ClientName("c2"), NodeBench.GROUP, true), PoolAnswer.VolumeReady.class);
        try (NodeBench.Client client = bench.client(2)) {
            assertRefused("job.foreign", () -> client.talk.ask(new NodeRequest.FlushJob(new JobId(1)), ChunkAnswer.Flushed.class, NodeBench.LONG));
            assertRefused("job.foreign", () -> client.talk.ask(new NodeRequest.ChunksKnown(new JobId(1), List.of()), ChunkAnswer.Known.class, NodeBench.LONG));
        }
    }

    @Test
    void aJobThatMayOnlyReadStoresNothing() throws Exception {
        try (NodeBench.Client client = bench.client(1, NodeBench.GROUP, false)) {
            Stream stream = client.storeStream();
            assertRefused("transport.closed", () -> stream.receive(NodeBench.LONG));
            assertRefused("ticket.direction", client::flush);
        }
        assertEquals(List.of(), store.keys("packs/"));
    }

    @Test
    void jobsEndWhenTheServerIsLostAndItIsLookedForAgain() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            bench.server.hangUp();
            client.talk.ended().get(120, TimeUnit.SECONDS);
        }
        assertEquals("local:node-n1", bench.server.awaitNode().endpoints().getFirst().toString());
        try (NodeBench.Client client = bench.client(1)) {
            assertTrue(client.store(client.newChunks(1), 10) > 0);
        }
    }
}
