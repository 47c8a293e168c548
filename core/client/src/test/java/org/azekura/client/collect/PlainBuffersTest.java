package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlainBuffersTest {

    private static final int MIB = 1 << 20;

    private final PlainBuffers buffers = new PlainBuffers();

    @Test
    void givesTheSameMemoryAgainForWhatFits() {
        byte[] first = buffers.take(MIB - 5);
        buffers.give(first);
        assertSame(first, buffers.take(MIB));
        assertNotSame(first, buffers.take(MIB));
    }

    @Test
    void wastesNoLargeBufferOnASmallChunk() {
        byte[] large = buffers.take(4 * MIB);
        buffers.give(large);
        assertTrue(buffers.take(MIB).length < 2 * MIB);
        assertSame(large, buffers.take(3 * MIB));
    }

    /** Else small ones that nobody asks for again would keep the others out for ever. */
    @Test
    void forgetsTheOldestWhenItKeepsEnough() {
        byte[] old = buffers.take(MIB);
        buffers.give(old);
        for (int i = 0; i < 8; i++) {
            buffers.give(new byte[MIB]);
        }
        for (int i = 0; i < 8; i++) {
            assertNotSame(old, buffers.take(MIB));
        }
        assertNotSame(old, buffers.take(MIB));
    }

    @Test
    void givesEverySizeRoomEnough() {
        for (int bytes : new int[] {0, 1, MIB - 1, MIB, MIB + 1, 4 * MIB}) {
            assertTrue(buffers.take(bytes).length >= bytes);
        }
    }
}
