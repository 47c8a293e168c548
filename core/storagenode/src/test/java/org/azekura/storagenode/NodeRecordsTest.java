package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.SnapshotId;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.volume.AuditSegment;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A look at what lies beside packs, on devices that are slow, or let some blobs not be read. */
@Timeout(60)
class NodeRecordsTest extends OnOneNode {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final KeyRing RING = KeyRing.create(List.of(Recipient.of("r", RecipientKey.generate())));

    private PoolAnswer.RecordsFound look() throws BackupException {
        return bench.server.order(new HealOrder.CheckRecords(NodeBench.POOL, RING.encoded()), PoolAnswer.RecordsFound.class);
    }

    private List<PoolAnswer.Difference> look(List<HealOrder.Manifest> manifests) throws BackupException {
        return bench.server.order(new HealOrder.CheckManifests(NodeBench.POOL, manifests), PoolAnswer.Differing.class).manifests();
    }

    private void send(StreamOpening opening, byte[] bytes) throws BackupException {
        try (Stream stream = bench.server.stream(opening)) {
            stream.send(ByteBuffer.wrap(bytes), LONG);
            stream.endSending();
            assertNull(stream.receive(LONG));
        }
    }

    private String checkpoint() throws BackupException {
        try (Stream stream = bench.server.stream(new StreamOpening.StoreCheckpoint(NodeBench.POOL))) {
            CheckpointWriter writer = new CheckpointWriter(page -> stream.send(page, LONG));
            writer.add(new CheckpointItem.Head(FakeServer.APPLIANCE, NodeBench.POOL, Instant.EPOCH, 1, ChunkSizes.DEFAULT, 3, new byte[] {1}));
            writer.finish();
            stream.endSending();
            assertNull(stream.receive(LONG));
        }
        return store.keys("checkpoints/").getLast();
    }

    private String segment() throws BackupException {
        AuditSegment.Line line = new AuditSegment.Line(1, Instant.EPOCH, Instant.EPOCH, "user ann", "", "POST jobs", "", "done", new byte[32]);
        send(new StreamOpening.StoreAudit(NodeBench.POOL), AuditSegment.of(FakeServer.APPLIANCE, new byte[32], List.of(line), RING, new byte[32]).encoded());
        return store.keys("audit/").getLast();
    }

    private static HealOrder.Manifest manifest(int number, byte[] content) {
        return new HealOrder.Manifest(new SnapshotId(number, number), Sha256.of(content));
    }

    /** Fails reads of blobs in these folders. */
    private void unreadable(BackupException why, String... folders) {
        store.fault((doing, key) -> {
            if (doing.equals("read") && List.of(folders).stream().anyMatch(key::startsWith)) {
                throw why;
            }
        });
    }

    /** Each call begins with the label: one that asks for all would end a service that lets few requests through. */
    @Test
    void manifestsAreLookedAtFiftyInACall() throws Exception {
        List<HealOrder.Manifest> all = IntStream.range(0, 120).mapToObj(i -> manifest(i, new byte[0])).toList();
        AtomicInteger calls = new AtomicInteger();
        store.fault((doing, key) -> {
            if (doing.equals("read") && key.equals(VolumeKeys.LABEL)) {
                calls.incrementAndGet();
            }
        });
        assertEquals(all.stream().map(HealOrder.Manifest::snapshot).toList(), look(all).stream().map(PoolAnswer.Difference::snapshot).toList());
        assertEquals(3, calls.get());
    }

    @Test
    void whatLiesInAnArchiveIsThereAndIsNeitherBrokenNorTheEndOfTheLook() throws Exception {
        String checkpoint = checkpoint();
        String segment = segment();
        SnapshotId cold = new SnapshotId(7, 7);
        BlobWriter begun = store.create(VolumeKeys.manifest(cold));
        begun.write(ByteBuffer.wrap(new byte[] {1}));
        begun.commit();
        List<HealOrder.Manifest> asked = List.of(manifest(7, new byte[] {1}), manifest(8, new byte[] {1}));
        unreadable(BackupException.media("blob.archived", "memory", "it lies in the archive", null), "checkpoints/", "audit/", "snapshots/");
        assertEquals(List.of(new SnapshotId(8, 8)), look(asked).stream().map(PoolAnswer.Difference::snapshot).toList());
        PoolAnswer.RecordsFound found = look();
        assertEquals(List.of(new PoolAnswer.CheckpointFound(checkpoint, null, null)), found.checkpoints());
        assertEquals(List.of(new PoolAnswer.SegmentFound(segment, 1, 1, null)), found.segments());
    }

    @Test
    void whatALaterReleaseHasWrittenIsLeftAsItIs() throws Exception {
        String checkpoint = checkpoint();
        String segment = segment();
        unreadable(BackupException.operator("format.version", "memory", "it was written by a later release"), "checkpoints/", "audit/");
        PoolAnswer.RecordsFound found = look();
        assertEquals(List.of(new PoolAnswer.CheckpointFound(checkpoint, null, null)), found.checkpoints());
        assertEquals(List.of(new PoolAnswer.SegmentFound(segment, 1, 1, null)), found.segments());
        for (String key : List.of(checkpoint, segment)) {
            bench.server.order(new HealOrder.RemoveBroken(NodeBench.POOL, key), Answer.Done.class);
        }
        assertEquals(2, store.keys("checkpoints/").size() + store.keys("audit/").size());
    }

    /** Behind each piece the device may take as long as for the first. */
    @Test
    void aCheckpointIsReadByPieces() throws Exception {
        String checkpoint = checkpoint();
        List<String> read = new ArrayList<>();
        MemoryStore.Fault noted = (doing, key) -> {
            if (doing.equals("read") && key.equals(checkpoint)) {
                synchronized (read) {
                    read.add(key);
                }
            }
        };
        store.fault(noted);
        assertNull(look().checkpoints().getFirst().what());
        assertEquals(2, read.size(), "all of it in a piece, and nothing behind");
    }
}
