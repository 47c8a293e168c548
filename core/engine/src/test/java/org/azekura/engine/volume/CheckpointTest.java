package org.azekura.engine.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.engine.Golden;
import org.azekura.engine.Seeded;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final CheckpointItem.Head HEAD = new CheckpointItem.Head(new ApplianceId(1, 2), new PoolName("default"), TIME, 77,
            ChunkSizes.DEFAULT, 3, new byte[] {9, 8, 7});

    private static List<CheckpointItem> items(int packs) {
        List<CheckpointItem> items = new ArrayList<>(List.of(HEAD, new CheckpointItem.Volume(new VolumeId(3, 4), "default-1", null),
                new CheckpointItem.Volume(new VolumeId(5, 6), "倉 2", "A00017L8"),
                new CheckpointItem.Client(new ClientName("web1"), new TrustGroup(7, 8), new byte[] {1, 2}),
                new CheckpointItem.Client(new ClientName("web2"), new TrustGroup(9, 10), null),
                new CheckpointItem.Session(new SessionId(11, 12), new byte[] {3})));
        for (int i = 0; i < packs; i++) {
            items.add(new CheckpointItem.Pack(new PackId(i * 0x9e37_79b9_7f4a_7c15L, i), i % 3 == 0, 33_554_432 + i, i, new VolumeId(3, 4), "packs/" + i,
                    TIME.plusNanos(i), i % 2));
        }
        items.add(new CheckpointItem.Snapshot(new SnapshotId(13, 14), 1L << 40, 2));
        items.add(new CheckpointItem.Deleted(new SnapshotId(15, 16)));
        return items;
    }

    private static byte[] written(List<CheckpointItem> items) throws BackupException {
        var bytes = new ByteArrayOutputStream();
        CheckpointWriter writer = new CheckpointWriter(page -> bytes.write(page.array(), page.position(), page.remaining()));
        for (CheckpointItem item : items) {
            writer.add(item);
        }
        writer.finish();
        return bytes.toByteArray();
    }

    private static void corrupt(byte[] checkpoint) {
        BackupException e = assertThrows(BackupException.class, () -> CheckpointSeeds.read(checkpoint));
        assertEquals("checkpoint.corrupt", e.failure().code());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }

    @Test
    void isReadAsItWasWritten() throws BackupException {
        for (int packs : new int[] {0, 1, 5_000}) {
            assertEquals(items(packs), CheckpointSeeds.read(written(items(packs))));
        }
        assertEquals(List.of(HEAD), CheckpointSeeds.read(written(List.of(HEAD))));
    }

    @Test
    void isWrittenAsItAlwaysWas() throws BackupException {
        Golden.check("volume.checkpoint", written(items(3)));
        assertEquals(items(3), CheckpointSeeds.read(Golden.read("volume.checkpoint")));
    }

    @Test
    void takesAboutEightyBytesForAPack() throws BackupException {
        int bytes = written(items(20_000)).length - written(items(10_000)).length;
        assertTrue(bytes < 10_000 * 90, () -> bytes + " bytes for 10000 packs");
    }

    @Test
    void everyFlippedByteAndEveryCutIsFound() throws BackupException {
        byte[] sound = written(items(3));
        for (int at = 0; at < sound.length; at++) {
            byte[] flipped = sound.clone();
            flipped[at] ^= 1;
            corrupt(flipped);
            corrupt(Arrays.copyOf(sound, at));
        }
        corrupt(Arrays.copyOf(sound, sound.length + 1));
    }

    @Test
    void randomBytesAreRefusedWithoutALargeAllocation() {
        Seeded.run(random -> {
            for (int i = 0; i < 2_000; i++) {
                byte[] bytes = Seeded.bytes(random, random.nextInt(200));
                if (bytes.length > 10) {
                    ByteBuffer.wrap(bytes).putInt(CheckpointForm.MAGIC).put((byte) CheckpointForm.VERSION).put((byte) random.nextInt(9));
                }
                corrupt(bytes);
            }
        });
    }

    @Test
    void refusesWhatComesInAnotherOrder() {
        assertThrows(IllegalArgumentException.class, () -> written(List.of()));
        assertThrows(IllegalArgumentException.class, () -> written(List.of(HEAD, HEAD)));
        assertThrows(IllegalArgumentException.class, () -> written(List.of(new CheckpointItem.Deleted(new SnapshotId(1, 1)))));
        assertThrows(IllegalArgumentException.class, () -> written(List.of(HEAD, new CheckpointItem.Deleted(new SnapshotId(1, 1)),
                new CheckpointItem.Snapshot(new SnapshotId(1, 1), 0, 0))));
    }
}
