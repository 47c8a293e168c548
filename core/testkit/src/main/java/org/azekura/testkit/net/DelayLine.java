package org.azekura.testkit.net;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is on its way, in order: as much as a long line holds, and no more. One thread puts, another takes. */
final class DelayLine {

    private static final int CAPACITY = 4 << 20;

    private record Parcel(byte[] content, long due_ns) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Parcel> parcels = new ArrayDeque<>();
    private int bytes;
    private boolean ended;
    private boolean closed;

    /** Waits for room. What comes after {@link #close} is dropped. */
    void put(byte[] content, long due_ns) throws InterruptedException {
        lock.lock();
        try {
            while (bytes > CAPACITY && !closed) {
                changed.await();
            }
            if (!closed) {
                parcels.add(new Parcel(content, due_ns));
                bytes += content.length;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing will follow. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends every wait; what is on its way is lost. */
    void close() {
        lock.lock();
        try {
            closed = true;
            parcels.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the next is due; null at the end. */
    byte[] take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Parcel next = parcels.peek();
                long wait = next == null ? 0 : next.due_ns - System.nanoTime();
                if (next == null && ended) {
                    return null;
                } else if (next == null) {
                    changed.await();
                } else if (wait > 0) {
                    changed.awaitNanos(wait);
                } else {
                    bytes -= parcels.remove().content.length;
                    changed.signalAll();
                    return next.content;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
