package org.azekura.engine.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.ChunkId;
import org.junit.jupiter.api.Test;

class ExtentTest {

    private static final ChunkId CHUNK = new ChunkId(1, 2, 3, 4);

    @Test
    void isAHoleWithoutAChunk() {
        assertTrue(Extent.hole(1L << 40).isHole());
        assertFalse(new Extent(CHUNK, 0, Extent.MAX_CHUNK).isHole());
        assertEquals(0, Extent.hole(5).offset());
    }

    @Test
    void refusesWhatIsOutsideAChunk() {
        assertThrows(IllegalArgumentException.class, () -> new Extent(CHUNK, 1, Extent.MAX_CHUNK));
        assertThrows(IllegalArgumentException.class, () -> new Extent(CHUNK, 1, Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> new Extent(CHUNK, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Extent(CHUNK, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Extent(null, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Extent.hole(0));
    }
}
