package org.azekura.driver.s3;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** So many units a second, over all threads. Who comes early waits; what nobody took is not saved up. */
final class Pace {

    private final long perSecond;
    private long free = System.nanoTime();

    /** @param perSecond 0 for no limit */
    Pace(long perSecond) {
        this.perSecond = perSecond;
    }

    /** Returns when what was taken before has had its time. */
    void take(long units) throws InterruptedIOException {
        if (perSecond == 0 || units <= 0) {
            return;
        }
        long wait;
        synchronized (this) {
            long now = System.nanoTime();
            wait = Math.max(0, free - now);
            free = now + wait + Math.round(units * 1e9 / perSecond);
        }
        try {
            TimeUnit.NANOSECONDS.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it waited for the limit of " + perSecond + " a second");
        }
    }
}
