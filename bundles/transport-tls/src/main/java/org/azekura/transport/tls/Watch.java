package org.azekura.transport.tls;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what takes too long. One thread, on which nothing blocks. */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("tls watch").factory());

    Watch() {
        timer.setRemoveOnCancelPolicy(true);
    }

    void every(Duration period, Runnable look) {
        timer.scheduleWithFixedDelay(() -> {
            try {
                look.run();
            } catch (RuntimeException e) {
                LOG.error("the watch over connections fails", e);
            }
        }, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Cuts a wire unless it is cancelled before. */
    Future<?> cut(Wire wire, Duration after) {
        return timer.schedule(wire::close, after.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Nothing is looked at any more; what was to be cut is. */
    @Override
    public void close() {
        timer.shutdown();
    }
}
