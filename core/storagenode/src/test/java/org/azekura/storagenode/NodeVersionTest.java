package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.pack.PackWriter;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a newer program left on a volume is neither damage nor passed over: that would bring back the old. */
@Timeout(300)
class NodeVersionTest extends OnOneNode {

    /** Of a version that nobody has written yet at this place, and the checksum of all before it in the four bytes at {@code sum}. */
    private static byte[] next(byte[] sound, int version, int sum) {
        sound[version] += 99;
        CRC32C crc = new CRC32C();
        crc.update(sound, 0, sum);
        ByteBuffer.wrap(sound).putInt(sum, (int) crc.getValue());
        return sound;
    }

    private void put(String key, byte[] content) throws BackupException {
        Blobs.put(store, key, content);
    }

    @Test
    void aPoolWithAPackOfALaterVersionIsNotOpened() throws Exception {
        PackId id = new PackId(7, 8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new PackWriter(id, ChunkKind.DATA, new TrustGroup(1, 1), List.of(),
                part -> bytes.write(part.array(), part.arrayOffset() + part.position(), part.remaining())).finish();
        byte[] pack = bytes.toByteArray();
        String key = VolumeKeys.pack(id);
        put(key, next(pack, 7, ByteBuffer.wrap(pack).getInt(8) - Integer.BYTES));
        BackupException e = assertRefused(FormatVersion.CODE, bench::reopen);
        assertTrue(e.getMessage().contains(id.toString()) && e.getMessage().contains("this program reads"), e.getMessage());
        assertEquals(List.of(key), store.keys("packs/"));
    }

    @Test
    void anOlderKeyRingIsNotTakenForOneOfALaterVersion() throws Exception {
        byte[] first = bench.server.order(new PoolOrder.ReadKeyRing(NodeBench.POOL), PoolAnswer.KeyRingFound.class).keyRing();
        put("keyring-2", next(first.clone(), 5, first.length - Integer.BYTES));
        assertRefused(FormatVersion.CODE, () -> bench.server.order(new PoolOrder.ReadKeyRing(NodeBench.POOL), PoolAnswer.KeyRingFound.class));
    }

    @Test
    void anOlderCheckpointIsNotTakenForOneOfALaterVersion() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CheckpointWriter writer = new CheckpointWriter(page -> bytes.write(page.array(), page.position(), page.remaining()));
        writer.add(new CheckpointItem.Head(FakeServer.APPLIANCE, NodeBench.POOL, Instant.EPOCH, 1, ChunkSizes.DEFAULT, 3, new byte[] {1}));
        writer.finish();
        put(VolumeKeys.checkpoint(1), bytes.toByteArray());
        byte[] later = bytes.toByteArray();
        put(VolumeKeys.checkpoint(2), next(later, 4, 10 + ByteBuffer.wrap(later).getInt(6)));
        try (Stream stream = bench.server.stream(new StreamOpening.ReadCheckpoint(NodeBench.POOL))) {
            stream.endSending();
            // A stream can only break: the node's log says why.
            assertRefused("transport.closed", () -> stream.receive(Duration.ofSeconds(30)));
        }
    }
}
