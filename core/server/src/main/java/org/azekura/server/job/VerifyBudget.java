package org.azekura.server.job;

/** What a verify may read, and how long it may take. One thread. */
final class VerifyBudget {

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

    void spend(long read) {
        bytes = Math.max(0, bytes - read);
        share -= read;
    }

    /** For this pool. */
    boolean isUsedUp() {
        return bounded && share <= 0 || end != 0 && System.nanoTime() - end >= 0;
    }
}
