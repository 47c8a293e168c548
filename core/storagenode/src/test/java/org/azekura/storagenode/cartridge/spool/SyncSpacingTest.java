package org.azekura.storagenode.cartridge.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SyncSpacingTest {

    private static final double STOP_s = 3;

    /** Whatever a drive does in a second: those of LTO-5 to LTO-9, and one that nobody has. */
    @Test
    void aSyncCostsATwentiethAtMost() {
        for (long speed : new long[] {140_000_000, 160_000_000, 300_000_000, 360_000_000, 400_000_000, 2_000_000_000}) {
            SyncSpacing spacing = new SyncSpacing();
            spacing.took(10 * speed, 10_000_000_000L);
            double streaming = (double) spacing.bytes() / speed;
            assertTrue(STOP_s <= streaming / 20, speed + ": " + streaming + " s of streaming");
            assertEquals(150, streaming, 0.1);
        }
    }

    @Test
    void whatIsLittleOrTookNoTimeSaysNothingOfASpeed() {
        SyncSpacing spacing = new SyncSpacing();
        long before = spacing.bytes();
        spacing.took(1000, 1_000_000_000L);
        spacing.took(2L << 30, 0);
        assertEquals(before, spacing.bytes());
    }

    @Test
    void aDriveThatIsVerySlowIsNotStoppedForEachPack() {
        SyncSpacing spacing = new SyncSpacing();
        spacing.took(2L << 30, 3_600_000_000_000L);
        assertEquals(1L << 30, spacing.bytes());
    }
}
