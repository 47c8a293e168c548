package org.azekura.transport.tls;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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

    /** Cuts a wire unless it is cancelled before; at once if nothing is looked at any more. It does not fail: connections still end then, of which the other side says so. */
    Future<?> cut(Wire wire, Duration after) {
        try {
            return timer.schedule(wire::close, after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            wire.close();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Nothing is looked at any more; what was to be cut is. */
    @Override
    public void close() {
        timer.shutdown();
    }
}
