package org.azekura.client;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has what seals and opens compiled before jobs need it, but not while the host starts, where it would take a sixth of all processor time until the
 * process is ready: a while after a server is met for the first time. A job that comes earlier compiles the same by its own first
 * megabytes, so nothing is lost. Safe for any number of threads.
 */
final class WarmUp implements AutoCloseable {

    private final Duration pause;
    private final Runnable work;
    private final AtomicBoolean met = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * @param pause from the first meeting on
     * @param work  done once at most, on a thread of its own
     */
    WarmUp(Duration pause, Runnable work) {
        this.pause = pause;
        this.work = work;
    }

    /** A server is met, for the first time or again. Returns at once. */
    void met() {
        if (met.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("client warm-up").start(this::later);
        }
    }

    private void later() {
        try {
            if (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                work.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What has not begun does not begin any more. */
    @Override
    public void close() {
        ended.countDown();
    }
}
