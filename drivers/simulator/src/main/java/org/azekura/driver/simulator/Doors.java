package org.azekura.driver.simulator;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;

/**
 * Lets calls in until it is closed. Who closes does not wait for those inside: whatever they wait for ends, and the last one to leave locks up.
 * Thread-safe.
 */
final class Doors {

    private static final long FOREVER = TimeUnit.DAYS.toNanos(365);

    private final String where;
    private final Runnable lockUp;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int inside;
    private boolean closed;

    /** @param lockUp runs once, when it is closed and nobody is inside */
    Doors(String where, Runnable lockUp) {
        this.where = where;
        this.lockUp = lockUp;
    }

    /** @throws BackupException {@code device.closed} */
    void enter() throws BackupException {
        lock.lock();
        try {
            requireOpen();
            inside++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            if (!closed || inside > 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        lockUp.run();
    }

    /** Once is enough; more is no error. */
    void close() {
        lock.lock();
        try {
            boolean before = closed;
            closed = true;
            changed.signalAll();
            if (before || inside > 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        lockUp.run();
    }

    /**
     * Waits for so long.
     *
     * @throws BackupException {@code device.closed}, {@code device.interrupted}
     */
    void await(long nanos) throws BackupException {
        await(nanos, () -> false);
    }

    /** Waits until something happened; whoever lets it happen calls {@link #signal}. */
    void awaitForever(BooleanSupplier happened) throws BackupException {
        await(FOREVER, happened);
    }

    private void await(long nanos, BooleanSupplier happened) throws BackupException {
        long left = nanos;
        lock.lock();
        try {
            while (left > 0 && !happened.getAsBoolean()) {
                requireOpen();
                left = changed.awaitNanos(left);
            }
            requireOpen();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", where, where + ": the call was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @throws BackupException {@code device.closed} */
    void requireOpen() throws BackupException {
        if (closed) {
            throw Trouble.closed(where);
        }
    }
}
