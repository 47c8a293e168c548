package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.PoolSpool;
import org.azekura.storagenode.pool.Storing;
import org.azekura.storagenode.pool.VolumeKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Registers and checkpoints that wait for tape, or whose device fails. */
@Timeout(300)
class StoringTest extends OnOneLibrary {

    private void checkpoint() throws BackupException {
        try (Stream stream = bench.server.stream(new StreamOpening.StoreCheckpoint(NodeBench.POOL))) {
            stream.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), NodeBench.LONG);
            stream.endSending();
            assertNull(stream.receive(NodeBench.LONG));
        }
    }

    /** The server has no page and no manifest. */
    private void register() throws BackupException {
        try (Stream stream = bench.server.stream(new StreamOpening.StoreRegister(NodeBench.POOL))) {
            for (ByteBuffer asked = stream.receive(NodeBench.LONG); asked != null; asked = stream.receive(NodeBench.LONG)) {
                for (int i = 0; i < Math.max(1, asked.remaining() / ChunkId.BYTES); i++) {
                    stream.send(ByteBuffer.allocate(0), NodeBench.LONG);
                }
            }
            stream.endSending();
        }
    }

    private List<String> checkpoints() throws BackupException {
        List<String> keys = new ArrayList<>();
        library.pool(NodeBench.POOL, Optional.empty()).list("checkpoints/", blob -> keys.add(blob.key()));
        return keys;
    }

    @Test
    void aRegisterThatItsDriveFailsTakesItsCheckpointWithIt() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(10), 50_000);
            faults("any drive 0 always: no answer");
            assertRefused("transport.closed", this::register);
            faults("# none");
            assertRefused("transport.closed", this::checkpoint);
            assertEquals(List.of(), checkpoints());
            register();
            checkpoint();
            assertEquals(List.of(VolumeKeys.checkpoint(1)), checkpoints());
        }
    }

    /** Who had the turn before may have kept it for long. */
    @Test
    void nothingIsWrittenOfAPoolThatIsGoneWhenItsTurnComes() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(10), 50_000);
            register();
        }
        Pool pool = bench.role.pools.get(NodeBench.POOL);
        PoolSpool.Check open = () -> bench.role.pools.requireOpen(pool);
        Iterator<ByteBuffer> parts = List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})).iterator();
        assertRefused("pool.unknown", () -> new Storing().checkpoint(pool, () -> {
            if (parts.hasNext()) {
                return parts.next();
            }
            bench.role.pools.close(NodeBench.POOL, true);
            return null;
        }, open));
        assertRefused("pool.unknown", () -> new Storing().register(pool, null, open));
        assertEquals(List.of(), checkpoints());
    }

    @Test
    void whoWaitsForTapeEndsWithItsPool() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(10), 50_000);
            faults("write drive 0: hang");
            AtomicReference<BackupException> ended = new AtomicReference<>();
            Thread waits = Thread.ofVirtual().start(() -> {
                try {
                    register();
                } catch (BackupException e) {
                    ended.set(e);
                }
            });
            awaitDrain();
            bench.server.done(new PoolOrder.ClosePool(NodeBench.POOL));
            waits.join();
            assertEquals("transport.closed", ended.get().failure().code());
        }
    }
}
