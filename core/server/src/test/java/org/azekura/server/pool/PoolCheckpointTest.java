package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.catalog.PoolFigures;
import org.junit.jupiter.api.Test;

class PoolCheckpointTest {

    private static Said said(long packs, long snapshots, long deletions, long edition) {
        return new Said(new PoolFigures(packs, snapshots, deletions), edition);
    }

    private static boolean isDue(long packs, long snapshots, long deletions) {
        return said(40, 20, 7, 3).isFarFrom(said(packs, snapshots, deletions, 3));
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
        Said large = said(7000, 1000, 0, 0);
        assertFalse(large.isFarFrom(said(7900, 1099, 0, 0)));
        assertTrue(large.isFarFrom(said(7900, 1100, 0, 0)));
    }

    @Test
    void whatWasLaidDownSinceIsAlwaysDue() {
        assertTrue(said(7000, 1000, 0, 4).isFarFrom(said(7000, 1000, 0, 5)));
    }

    /** 100 GB of packs of 32 MiB. */
    @Test
    void aRegisterIsDueWhereAHundredGigabytesAreInNone() {
        assertTrue(PoolCheckpoint.isMuch(100_000_000_000L / (32 << 20) + 20));
        assertFalse(PoolCheckpoint.isMuch(1000));
        assertFalse(PoolCheckpoint.isMuch(-5000), "a prune has taken some");
    }

    @Test
    void isKeptAsTextAndOtherTextSaysNothing() {
        Said said = said(1, 2, 3, 4);
        assertEquals(said, Said.parse(said.toString()));
        assertEquals(said(1, 2, 3, 0), Said.parse("1 2 3"));
        assertNull(Said.parse(""));
        assertNull(Said.parse("1 2"));
    }
}
