package org.azekura.driver.tape;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;

/** Whether the library is open, and where calls wait for devices that need a while. Thread-safe. */
final class Doors {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private volatile boolean closed;

    /** @throws BackupException {@code device.closed} */
    void requireOpen(String where) throws BackupException {
        if (closed) {
            throw Trouble.closed(where);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /**
     * Lets time pass.
     *
     * @throws BackupException {@code device.closed} as soon as it is, {@code device.interrupted}
     */
    void pause(Duration time, String where) throws BackupException {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !closed) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Trouble.interrupted(where);
        } finally {
            lock.unlock();
        }
        requireOpen(where);
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the lock of a part that is closed, if whoever has it lets go of it soon. */
    static boolean soon(ReentrantLock part) {
        try {
            return part.tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
