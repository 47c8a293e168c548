package org.azekura.server.job.verify;

/** What a verify may read, and how long it may take. One thread. */
final class VerifyBudget {

    /** What a tape reads in less than an hour. */
    private static final long AN_HOUR = 512L << 30;

    private final boolean bounded;
    private final long end;
    private long bytes;
    private long share;

    /** 0: no bound. */
    VerifyBudget(long bytes, long seconds) {
        this.bounded = bytes > 0;
        this.bytes = bytes;
        this.end = seconds > 0 ? System.nanoTime() + seconds * 1_000_000_000L : 0;
    }

    /** The next pool's part of what is left, so that every pool gets its turn. */
    void share(int pools) {
        share = (bytes + pools - 1) / pools;
    }

    /** So many bytes may be read in the order in which they lie, not in the order of what was verified longest ago; called at the beginning. */
    long window() {
        return bounded ? share : end != 0 ? AN_HOUR : Long.MAX_VALUE;
    }

    void spend(long read) {
        bytes = Math.max(0, bytes - read);
        share -= read;
    }

    /** For this pool. */
    boolean isUsedUp() {
        return bounded && share <= 0 || end != 0 && System.nanoTime() - end >= 0;
    }
}
