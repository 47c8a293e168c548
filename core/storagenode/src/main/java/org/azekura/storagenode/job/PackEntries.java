package org.azekura.storagenode.job;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many chunks are in packs that are not durable, of all jobs of a node: each takes some 200 bytes of the heap until its pack is in the index.
 * When they are many, packs are finished while they are small, so that the heap does not grow with the number of clients. Thread-safe.
 */
public final class PackEntries {

    /** 26 MiB. A job alone has at most four packs under way, which is half of it. */
    public static final long MOST = 1 << 17;
    /** A pack with fewer is not worth a file of its own, however many there are. */
    static final int LEAST = 1 << 10;

    private final long most;
    private final AtomicLong count = new AtomicLong();

    public PackEntries(long most) {
        this.most = most;
    }

    void add() {
        count.incrementAndGet();
    }

    /** The pack is durable, or dropped. */
    void remove(PackInMaking pack) {
        count.addAndGet(-pack.chunks());
    }

    /** Whether this pack is finished early. */
    boolean areEnough(PackInMaking pack) {
        return pack.chunks() >= LEAST && count.get() >= most;
    }

    long count() {
        return count.get();
    }
}
