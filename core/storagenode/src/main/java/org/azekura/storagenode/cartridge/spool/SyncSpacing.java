package org.azekura.storagenode.cartridge.spool;

/**
 * How many bytes are written before a drive is told to bring all of them to the tape, which stops it for 2 to 3 s. Long enough that this costs little: two
 * stops in 100 GB at the speed of LTO-8. Short enough for who waits to read from the same drive. One thread at a time.
 */
final class SyncSpacing {

    private static final long LEAST = 1L << 30;
    private static final long SECONDS = 150;
    /** Of a drive that was not measured yet, in bytes in a second. */
    private static final long FAST = 400_000_000;

    private long speed = FAST;

    long bytes() {
        return Math.max(LEAST, SECONDS * speed);
    }

    /** So many bytes were written so quickly, with all that belongs to it. */
    void took(long bytes, long nanos) {
        if (bytes >= LEAST && nanos > 0) {
            speed = (long) (bytes * 1e9 / nanos);
        }
    }
}
