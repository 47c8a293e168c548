package org.azekura.engine.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

class PackTransitTest {

    private final long seed = Seeds.start();
    private final Random random = Seeds.random(seed);

    private byte[] pack() throws BackupException {
        return new MemoryPack(random, ChunkKind.DATA, 1 + random.nextInt(20), 500).bytes;
    }

    /** In pieces of any size, single bytes among them. */
    private void pass(PackId expected, long size, byte[] bytes) throws BackupException {
        PackTransit transit = new PackTransit(expected, size);
        for (int at = 0; at < bytes.length;) {
            int length = Math.min(bytes.length - at, random.nextInt(4) == 0 ? random.nextInt(3) : 1 + random.nextInt(700));
            transit.take(ByteBuffer.wrap(bytes, at, length));
            at += length;
        }
        transit.end();
    }

    private String refused(PackId expected, long size, byte[] bytes) {
        BackupException problem = assertThrows(BackupException.class, () -> pass(expected, size, bytes), () -> "seed " + seed);
        assertEquals("pack.corrupt", problem.failure().code(), problem::getMessage);
        return problem.getMessage();
    }

    @Test
    void aWholePackPassesHoweverItIsCut() throws BackupException {
        for (int i = 0; i < 100; i++) {
            byte[] pack = pack();
            pass(MemoryPack.ID, pack.length, pack);
        }
    }

    @Test
    void everyFlippedBitIsSeen() throws BackupException {
        byte[] pack = pack();
        for (int at = 0; at < pack.length; at++) {
            byte[] flipped = pack.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            refused(MemoryPack.ID, pack.length, flipped);
        }
    }

    @Test
    void anEarlyEndIsSeenWhereverItIs() throws BackupException {
        byte[] pack = pack();
        for (int length = 0; length < pack.length; length++) {
            byte[] cut = Arrays.copyOf(pack, length);
            assertTrue(refused(MemoryPack.ID, pack.length, cut).contains("ends at " + length), () -> "seed " + seed);
            refused(MemoryPack.ID, length, cut);
        }
    }

    @Test
    void bytesBehindTheEndAreSeen() throws BackupException {
        byte[] pack = pack();
        assertTrue(refused(MemoryPack.ID, pack.length, Arrays.copyOf(pack, pack.length + 1)).contains("more than"));
    }

    @Test
    void anotherPackIsNotTheOneThatIsMeant() throws BackupException {
        byte[] pack = pack();
        assertTrue(refused(new PackId(1, 2), pack.length, pack).contains("it is pack " + MemoryPack.ID));
    }
}
