package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Sources as they are in books, on a clock that is only counted. */
class ReadersTest {

    private static final double MICRO = 1_000;
    private static final double MILLI = 1_000_000;

    private final Readers readers = new Readers();
    private double clock;
    private double counts;

    /** @param interval nanoseconds from one file to the next with so many readers; {@code work}: what else is done for each */
    private double files(int count, IntToDoubleFunction interval, double work, int bytes) {
        double begin = clock;
        counts = 0;
        for (int i = 0; i < count; i++) {
            int n = readers.count();
            double waited = n == 1 ? interval.applyAsDouble(1) : Math.max(0, interval.applyAsDouble(n) - work);
            clock += waited + work;
            counts += n;
            readers.read(bytes, (long) (n * interval.applyAsDouble(n)), (long) waited, 1, (long) clock);
        }
        counts /= count;
        return (clock - begin) / count;
    }

    /** Calls that take so long side by side, as many as {@code most} at once. */
    private static IntToDoubleFunction sideBySide(double latency, int most) {
        return n -> latency / Math.min(n, most);
    }

    /** A spinning disk: readers beside each other make it seek. */
    private static double disk(int n) {
        return n == 1 ? 6 * MILLI : 7 * MILLI + n * MILLI / 4;
    }

    @Test
    void aSpinningDiskKeepsOneReader() {
        files(5_000, ReadersTest::disk, 50 * MICRO, 4096);
        assertTrue(counts < 1.1, () -> "on average " + counts);
    }

    @Test
    void whatIsInMemoryKeepsOneAndIsNeverTried() {
        for (int i = 0; i < 50; i++) {
            files(1_000, n -> 15 * MICRO, 20 * MICRO, 4096);
            assertEquals(1, counts);
        }
    }

    @Test
    void whereOthersWantTheProcessorsAFewThatTakeLongAreNotTheSources() {
        for (int i = 0; i < 20_000; i++) {
            int n = readers.count();
            assertEquals(1, n);
            long took = i % 10 == 0 ? 4_000_000 : 15_000;
            clock += took;
            readers.read(4096, took, took, 1, (long) clock);
        }
    }

    @Test
    void aSolidStateDiskGetsAboutAsManyAsItServesAtOnce() {
        double alone = 300 * MICRO + 40 * MICRO;
        files(3_000, sideBySide(300 * MICRO, 4), 40 * MICRO, 4096);
        double later = files(5_000, sideBySide(300 * MICRO, 4), 40 * MICRO, 4096);
        assertTrue(counts >= 2.5 && counts <= 8, () -> "on average " + counts);
        assertTrue(alone / later > 3, () -> "only " + alone / later + " times as fast");
    }

    @Test
    void aFastOneGetsFewBecauseTheRestIsTheLongerPart() {
        files(10_000, sideBySide(120 * MICRO, 64), 50 * MICRO, 4096);
        assertTrue(counts >= 2 && counts <= 5, () -> "on average " + counts);
    }

    @Test
    void aNetworkOfFiveMillisecondsGetsAtLeastTenSoon() {
        double alone = 15 * MILLI + 50 * MICRO;
        double first = files(500, sideBySide(15 * MILLI, 64), 50 * MICRO, 4096);
        assertTrue(alone / first > 3, () -> "the first were only " + alone / first + " times as fast");
        double later = files(3_000, sideBySide(15 * MILLI, 64), 50 * MICRO, 4096);
        assertTrue(counts >= 10, () -> "on average " + counts);
        assertTrue(alone / later > 10, () -> "only " + alone / later + " times as fast");
    }

    @Test
    void nothingIsTriedWhereTheSourceIsNotWhatIsWaitedFor() {
        files(5_000, sideBySide(300 * MICRO, 16), 5 * MILLI, 4096);
        assertEquals(1, counts);
    }

    @Test
    void whereItGetsFastReadersAreLetGo() {
        files(3_000, sideBySide(15 * MILLI, 64), 50 * MICRO, 4096);
        assertTrue(readers.count() > 4);
        files(Readers.MOST * 200, n -> 15 * MICRO / n, 20 * MICRO, 4096);
        assertEquals(1, readers.count());
    }

    @Test
    void whereItGetsSlowLaterTheyAreTried() {
        files(10_000, n -> 15 * MICRO, 20 * MICRO, 4096);
        files(2_000, sideBySide(15 * MILLI, 64), 50 * MICRO, 4096);
        assertTrue(counts > 8, () -> "on average " + counts);
    }

    @Test
    void longPiecesOfALargeFileCountByTheirBytes() {
        int piece = 4 << 20;
        files(2_000, n -> 64 * 15 * MICRO, MILLI, piece);
        assertEquals(1, counts);
        files(500, sideBySide(64 * 800 * MICRO, 8), MILLI, piece);
        assertTrue(counts > 3, () -> "on average " + counts);
    }
}
