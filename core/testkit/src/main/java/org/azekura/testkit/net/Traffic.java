package org.azekura.testkit.net;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The rules for one direction, over all connections, and what has passed under them. Safe for any number of threads. */
final class Traffic {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    /** A slow link passes what is due in so long at a time. */
    private static final long SLICES_A_SECOND = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stalled;
    private long rate = NEVER;
    private long freeAt_ns = System.nanoTime();
    private volatile long latency_ns;
    private long passed;
    private long endAt = NEVER;
    private Ending ending;
    private long flipAt = NEVER;

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void stall(boolean on) {
        change(() -> stalled = on);
    }

    void rate(long bytesPerSecond) {
        change(() -> {
            rate = bytesPerSecond;
            freeAt_ns = System.nanoTime();
        });
    }

    void latency(Duration latency) {
        latency_ns = latency.toNanos();
    }

    long latency_ns() {
        return latency_ns;
    }

    void endAfter(long bytes, Ending how) {
        change(() -> {
            endAt = passed + bytes;
            ending = how;
        });
    }

    void flipAfter(long bytes) {
        change(() -> flipAt = passed + bytes);
    }

    /** A connection has ended: whoever waits for its turn looks again. */
    void wake() {
        change(() -> {});
    }

    long passed() {
        lock.lock();
        try {
            return passed;
        } finally {
            lock.unlock();
        }
    }

    /** Answers whether so many bytes passed in time, all told. */
    boolean await(long bytes, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (passed < bytes && left > 0) {
                left = changed.awaitNanos(left);
            }
            return passed >= bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until some of these bytes may pass, and counts them. */
    Grant admit(int wanted, BooleanSupplier open) throws InterruptedException {
        lock.lock();
        try {
            while (open.getAsBoolean()) {
                long wait = freeAt_ns - System.nanoTime();
                if (stalled || passed >= endAt) {
                    changed.await();
                } else if (wait > 0) {
                    changed.awaitNanos(wait);
                } else {
                    return pass((int) Math.min(wanted, Math.min(endAt - passed, Math.max(1, rate / SLICES_A_SECOND))));
                }
            }
            return Grant.NONE;
        } finally {
            lock.unlock();
        }
    }

    private Grant pass(int bytes) {
        int flip = flipAt < passed + bytes ? (int) (flipAt - passed) : -1;
        flipAt = flip < 0 ? flipAt : NEVER;
        passed += bytes;
        if (rate != NEVER) {
            freeAt_ns = System.nanoTime() + bytes * SECOND_NS / rate;
        }
        changed.signalAll();
        return new Grant(bytes, flip, passed == endAt ? ending : null);
    }

    /** The end that was ordered has come: connections made from here on pass. */
    void ended() {
        change(() -> endAt = NEVER);
    }
}
