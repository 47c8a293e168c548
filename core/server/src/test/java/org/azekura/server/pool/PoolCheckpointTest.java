package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.catalog.PoolFigures;
import org.junit.jupiter.api.Test;

class PoolCheckpointTest {

    private static boolean isDue(long packs, long snapshots, long deletions) {
        return new PoolCheckpoint.Said(new PoolFigures(40, 20, 7)).isFarFrom(new PoolFigures(packs, snapshots, deletions));
    }

    @Test
    void fewChangesAreNotDueAndManyAre() {
        assertFalse(isDue(40, 20, 7));
        assertFalse(isDue(50, 25, 7));
        assertTrue(isDue(50, 26, 7));
        assertTrue(isDue(56, 20, 7));
    }

    @Test
    void whatCameAndWhatWentAddUp() {
        assertTrue(isDue(40, 20, 15), "eight came and eight went");
        assertFalse(isDue(40, 20, 14));
        assertTrue(isDue(40, 4, 23), "sixteen went");
    }

    @Test
    void inALargePoolAnEighthIsDue() {
        PoolCheckpoint.Said large = new PoolCheckpoint.Said(new PoolFigures(7000, 1000, 0));
        assertFalse(large.isFarFrom(new PoolFigures(7900, 1099, 0)));
        assertTrue(large.isFarFrom(new PoolFigures(7900, 1100, 0)));
    }

    @Test
    void isKeptAsTextAndOtherTextSaysNothing() {
        PoolCheckpoint.Said said = new PoolCheckpoint.Said(new PoolFigures(1, 2, 3));
        assertEquals(said, PoolCheckpoint.Said.parse(said.toString()));
        assertNull(PoolCheckpoint.Said.parse(""));
        assertNull(PoolCheckpoint.Said.parse("1 2"));
    }
}
