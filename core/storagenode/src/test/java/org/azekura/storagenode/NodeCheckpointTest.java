package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointReader;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.storagenode.pool.CheckpointBlobs;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Pools;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;

/** Checkpoints on their way to a volume and back. */
class NodeCheckpointTest extends OnOneNode {

    private static final Duration LONG = Duration.ofMinutes(2);

    private static List<CheckpointItem> items(int packs) {
        List<CheckpointItem> items = new ArrayList<>();
        items.add(new CheckpointItem.Head(FakeServer.APPLIANCE, NodeBench.POOL, Instant.EPOCH, 1, ChunkSizes.DEFAULT, 3, new byte[] {1}));
        for (int i = 0; i < packs; i++) {
            items.add(new CheckpointItem.Pack(new PackId(i, i), false, i, i, NodeBench.VOLUME, "p", Instant.EPOCH, 1));
        }
        return items;
    }

    private Stream send(List<CheckpointItem> items) throws BackupException {
        return send(NodeBench.POOL, items);
    }

    private Stream send(PoolName pool, List<CheckpointItem> items) throws BackupException {
        Stream stream = bench.server.stream(new StreamOpening.StoreCheckpoint(pool));
        CheckpointWriter writer = new CheckpointWriter(page -> stream.send(page, LONG));
        for (CheckpointItem item : items) {
            writer.add(item);
        }
        writer.finish();
        return stream;
    }

    private void store(List<CheckpointItem> items) throws BackupException {
        store(NodeBench.POOL, items);
    }

    private void store(PoolName pool, List<CheckpointItem> items) throws BackupException {
        try (Stream stream = send(pool, items)) {
            stream.endSending();
            assertNull(stream.receive(LONG));
        }
    }

    private List<CheckpointItem> newest() throws BackupException {
        List<CheckpointItem> items = new ArrayList<>();
        try (Stream stream = bench.server.stream(new StreamOpening.ReadCheckpoint(NodeBench.POOL))) {
            stream.endSending();
            ByteBuffer first = stream.receive(LONG);
            if (first == null) {
                return null;
            }
            ByteBuffer[] part = {first};
            new CheckpointReader(into -> {
                while (into.hasRemaining() && part[0] != null) {
                    if (part[0].hasRemaining()) {
                        into.put(part[0].get());
                    } else {
                        part[0] = stream.receive(LONG);
                    }
                }
            }, "newest").read(items::add);
        }
        return items;
    }

    @Test
    void nothingIsStoredWhereTheVolumeIsNot() throws Exception {
        store.delete(VolumeKeys.LABEL);
        assertThrows(BackupException.class, () -> store(items(1)));
        assertEquals(List.of(), store.keys("checkpoints/"));
    }

    private static CheckpointBlobs.Parts parts(int content) {
        Iterator<ByteBuffer> parts = List.of(ByteBuffer.wrap(new byte[] {(byte) content})).iterator();
        return () -> parts.hasNext() ? parts.next() : null;
    }

    /** As it may be when a server is dialled again, or another takes its place, while the last checkpoint waits for its turn. */
    @Test
    void oneThatWaitedIsNotWrittenBehindALaterOneOfAnotherConnection() throws Exception {
        Pools pools = bench.role.pools;
        Pool pool = pools.get(NodeBench.POOL);
        pools.storing(NodeBench.POOL).checkpoint(pool, parts(1), () -> pools.storing(NodeBench.POOL).checkpoint(pool, parts(2), () -> {}));
        assertEquals(List.of(VolumeKeys.checkpoint(1)), store.keys("checkpoints/"));
        ByteBuffer there = ByteBuffer.allocate(1);
        store.read(VolumeKeys.checkpoint(1), 0, there);
        assertEquals(2, there.get(0));
    }

    @Test
    void theTwoNewestAreKeptAndADamagedOneIsPassedOver() throws Exception {
        assertNull(newest());
        for (int packs = 1; packs <= 3; packs++) {
            store(items(packs * 3000));
        }
        assertEquals(List.of("checkpoints/0000000000000002", "checkpoints/0000000000000003"), store.keys("checkpoints/").stream().sorted().toList());
        assertEquals(items(9000), newest());
        store.damage("checkpoints/0000000000000003", 5000);
        assertEquals(items(6000), newest());
        bench.reopen();
        store(items(1));
        assertEquals(items(1), newest());
        store.damage("checkpoints/0000000000000004", 20);
        assertNull(newest());
    }

    @Test
    void nothingIsThereOfOneThatBrokeOff() throws Exception {
        store(items(1));
        send(items(5000)).close();
        // The next one waits for the end of the one before.
        store(items(2));
        assertEquals(items(2), newest());
        assertEquals(2, store.keys("checkpoints/").size());
    }

    /** A device that does not come back from the beginning of a checkpoint before it is let. */
    private static final class Hanging implements MemoryStore.Fault, AutoCloseable {

        private final CountDownLatch there = new CountDownLatch(1);
        private final CountDownLatch let = new CountDownLatch(1);

        @Override
        public void before(String doing, String key) throws BackupException {
            if (doing.equals("create") && key.startsWith("checkpoints/")) {
                there.countDown();
                await(let);
            }
        }

        void awaitIt() throws BackupException {
            await(there);
        }

        private static void await(CountDownLatch latch) throws BackupException {
            try {
                assertTrue(latch.await(120, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw BackupException.device("device.interrupted", "", "interrupted", e);
            }
        }

        void goOn() {
            let.countDown();
        }

        @Override
        public void close() {
            goOn();
        }
    }

    @Test
    void aDeviceThatHangsKeepsNoOtherPoolFromItsCheckpoint() throws Exception {
        PoolName other = new PoolName("other");
        MemoryStore quick = bench.pool(other, new DeviceName("d2"));
        try (Hanging hanging = new Hanging()) {
            store.fault(hanging);
            try (Stream slow = send(items(1))) {
                slow.endSending();
                hanging.awaitIt();
                store(other, items(2));
                assertEquals(1, quick.keys("checkpoints/").size());
                hanging.goOn();
                assertNull(slow.receive(LONG));
            }
        }
        assertEquals(items(1), newest());
    }

    @Test
    void whoSendsACheckpointIsThroughBeforeADeviceThatHangsIs() throws Exception {
        List<CheckpointItem> many = items(300_000);
        try (Hanging hanging = new Hanging()) {
            store.fault(hanging);
            // More than a stream takes without anybody to read it.
            try (Stream stream = send(many)) {
                stream.endSending();
                hanging.awaitIt();
                hanging.goOn();
                assertNull(stream.receive(LONG));
            }
        }
        assertEquals(many, newest());
    }

    @Test
    void labelAndNewestKeyRingAreReadBack() throws Exception {
        byte[] label = bench.server.order(new DeviceOrder.ReadLabel(NodeBench.DEVICE), DeviceAnswer.LabelFound.class).label();
        assertEquals(ByteBuffer.wrap(bench.label(NodeBench.POOL, FakeServer.APPLIANCE)), ByteBuffer.wrap(label));
        assertNotNull(bench.server.order(new PoolOrder.ReadKeyRing(NodeBench.POOL), PoolAnswer.KeyRingFound.class).keyRing());
        store.damage("keyring-1", 100);
        assertNull(bench.server.order(new PoolOrder.ReadKeyRing(NodeBench.POOL), PoolAnswer.KeyRingFound.class).keyRing());
        store.lose("azekura-label");
        assertNull(bench.server.order(new DeviceOrder.ReadLabel(NodeBench.DEVICE), DeviceAnswer.LabelFound.class).label());
    }
}
