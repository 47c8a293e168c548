package org.azekura.driver.s3;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** So many units a second, over all threads. Who comes early waits; what nobody took is not saved up. */
final class Pace {

    private final long perSecond;
    private final LongConsumer counter;
    private long free = System.nanoTime();

    /** Counts nothing. @param perSecond 0 for no limit */
    Pace(long perSecond) {
        this(perSecond, units -> { });
    }

    /** @param counter told of all units that are taken */
    Pace(long perSecond, LongConsumer counter) {
        this.perSecond = perSecond;
        this.counter = counter;
    }

    /** Returns when what was taken before has had its time. */
    void take(long units) throws InterruptedIOException {
        if (units <= 0) {
            return;
        }
        counter.accept(units);
        if (perSecond == 0) {
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
