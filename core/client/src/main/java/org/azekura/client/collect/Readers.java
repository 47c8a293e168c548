package org.azekura.client.collect;

/**
 * How many readers a source is worth: one for a spinning disk or what is in memory, many where each call takes long. It finds out by trying:
 * twice as many stay if waiting for the source becomes so much less that it counts, half as many if it becomes hardly more. What it is told
 * is measured by others, so it is a function of that alone. One thread.
 */
class Readers {

    static final int MOST = 16;

    /** A unit is a file, and each so many bytes of it. */
    private static final int UNIT_BYTES = 64 << 10;
    /** A unit from memory takes a fifth of this, on a processor that nobody else wants. */
    private static final long FAST_NANOS = 100_000;
    /**
     * Where fewer than one unit in so many takes longer, trying would cost more than it could save. Not the average: where others want
     * the processors, a few take very long.
     */
    private static final int SLOW = 4;
    private static final int ROUND_UNITS = 256;
    private static final long ROUND_NANOS = 250_000_000;
    /** Twice as many have to save one part in so many of all time, half as many may cost one. */
    private static final int GAIN = 12;
    private static final int LOSS = 32;
    private static final int PATIENCE = 4;
    private static final int MOST_PATIENCE = 64;

    private int count = 1;
    /** What {@link #count} is compared with while it is tried. */
    private int settled = 1;
    private boolean up = true;
    private int quiet;
    private int patience = PATIENCE;
    private double waitedBefore;
    private double allBefore;

    private long units;
    private long slow;
    private long waited;
    private long begin;
    private boolean begun;

    /** How many there should be from now on. */
    int count() {
        return count;
    }

    /**
     * A file, or a piece of one, was read.
     *
     * @param busyNanos   how long a reader was with it
     * @param waitedNanos how long who needs it waited for it: the same if that was the reader
     * @param weight      how many it stands for, if not each is measured
     * @param nowNanos    when
     */
    void read(long bytes, long busyNanos, long waitedNanos, int weight, long nowNanos) {
        if (!begun) {
            begun = true;
            begin = nowNanos - waitedNanos;
        }
        long read = 1 + bytes / UNIT_BYTES;
        units += weight * read;
        slow += busyNanos > FAST_NANOS * read ? weight * read : 0;
        waited += weight * waitedNanos;
        long elapsed = Math.max(nowNanos - begin, waited);
        if (units >= ROUND_UNITS || elapsed >= ROUND_NANOS && units >= 4L * count) {
            round(elapsed);
            units = 0;
            slow = 0;
            waited = 0;
            begin = nowNanos;
        }
    }

    private void round(long elapsed) {
        if (slow * SLOW < units) {
            settle(1);
            // One slow round may be somebody else's load.
            quiet = 1;
            patience = PATIENCE;
            up = true;
            return;
        }
        double waits = (double) waited / units;
        double all = (double) elapsed / units;
        if (count != settled) {
            judge(waits);
        } else if (quiet > 0) {
            quiet--;
            return;
        }
        if (count == settled && quiet == 0) {
            attempt(waits, all);
        }
    }

    /** Ends a trial. */
    private void judge(double waits) {
        boolean better = count > settled ? waitedBefore - waits >= allBefore / GAIN : waits - waitedBefore <= allBefore / LOSS;
        if (better) {
            settle(count);
            patience = PATIENCE;
        } else {
            settle(settled);
            up = !up;
            quiet = patience;
            patience = Math.min(2 * patience, MOST_PATIENCE);
        }
    }

    private void settle(int to) {
        settled = to;
        count = to;
    }

    private void attempt(double waits, double all) {
        waitedBefore = waits;
        allBefore = all;
        if (count == MOST || up && waits < all / GAIN) {
            up = false;
        } else if (count == 1) {
            up = waits >= all / GAIN;
        }
        count = up ? Math.min(MOST, 2 * count) : Math.max(1, count / 2);
    }
}
