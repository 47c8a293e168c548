package org.azekura.catalog.postgresql;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How long a server that does not answer is dialled: over its restart, or until another has taken its place. Ends at once when the store is closed. */
final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Duration most;
    private final CountDownLatch ended = new CountDownLatch(1);

    Patience(Duration most) {
        this.most = most;
    }

    /**
     * Waits a little.
     *
     * @param since the first try, by {@link System#nanoTime}
     * @return false if there is no time left
     */
    boolean more(long since) {
        if (System.nanoTime() - since >= most.toNanos()) {
            return false;
        }
        try {
            return !ended.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void end() {
        ended.countDown();
    }
}
