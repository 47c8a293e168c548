package org.azekura.storagenode.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private final ByteArrayOutputStream device = new ByteArrayOutputStream();
    private int calls;
    private final Gathering gathering = new Gathering(bytes -> {
        calls++;
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        device.writeBytes(copy);
    });

    @Test
    void everyByteArrivesInItsOrder() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int i = 0; i < 60; i++) {
            byte[] piece = new byte[random.nextInt(4) == 0 ? random.nextInt(3 * Gathering.BYTES) : random.nextInt(9000)];
            random.nextBytes(piece);
            expected.writeBytes(piece);
            gathering.write(ByteBuffer.wrap(piece));
        }
        gathering.flush();
        assertArrayEquals(expected.toByteArray(), device.toByteArray());
    }

    @Test
    void smallPiecesGoTogether() throws Exception {
        for (int i = 0; i < 1000; i++) {
            gathering.write(ByteBuffer.allocate(1000));
        }
        gathering.flush();
        assertEquals(1_000_000, device.size());
        assertTrue(calls < 10, calls + " calls");
        gathering.flush();
        assertTrue(calls < 10, "nothing is left");
    }
}
