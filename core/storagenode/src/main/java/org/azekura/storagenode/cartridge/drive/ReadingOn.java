package org.azekura.storagenode.cartridge.drive;

/**
 * Whether a gap is read through: to locate takes a drive at least as long as it starts, in which it could have read on. It learns how fast the drive
 * reads. One thread at a time.
 */
final class ReadingOn {

    /** What no locate is faster than. */
    static final double LOCATE_s = 4.3;
    /** LTO-8, which is fast: one that is slower is known after a while. */
    private static final double FAST = 360e6;
    /** What is known is not forgotten at once. */
    private static final long LEARNT = 64L << 20;
    private static final long REMEMBERED = 1L << 30;

    private double bytes;
    private double nanos;

    /** A block was read in so long. */
    void read(long more, long took) {
        bytes += more;
        nanos += took;
        if (bytes > REMEMBERED) {
            bytes /= 2;
            nanos /= 2;
        }
    }

    double bytesPerSecond() {
        return bytes < LEARNT ? FAST : Math.min(FAST, bytes / Math.max(1, nanos) * 1e9);
    }

    boolean isWorth(long gap) {
        return gap / bytesPerSecond() < LOCATE_s;
    }
}
