package org.azekura.transport.local;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections of a transport: what is on its way lies in this process's heap, so the more there are the less each may have. Thread-safe. */
final class Crowd {

    /** For all, if each has one stream that is full; one alone has less. */
    private static final long BYTES = 32 << 20;
    /** Most chunks are smaller. */
    private static final long LEAST_BYTES = 1 << 20;

    private final AtomicInteger connections = new AtomicInteger();

    void came() {
        connections.incrementAndGet();
    }

    void left() {
        connections.decrementAndGet();
    }

    long bytesEach() {
        return Math.clamp(BYTES / Math.max(1, connections.get()), LEAST_BYTES, FrameQueue.MAX_BYTES);
    }
}
