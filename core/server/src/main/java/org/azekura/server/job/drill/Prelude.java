package org.azekura.server.job.drill;

import java.time.Instant;

/** From when a drill began until its client had its order: for it, all of that is waiting. One thread. */
final class Prelude {

    /** By retention time. */
    final Instant began;
    private final long since = System.nanoTime();
    private long nanos;

    Prelude(Instant began) {
        this.began = began;
    }

    void over() {
        nanos = System.nanoTime() - since;
    }

    long ms() {
        return nanos / 1_000_000;
    }
}
