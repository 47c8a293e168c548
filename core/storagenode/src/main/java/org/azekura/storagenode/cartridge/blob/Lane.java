package org.azekura.storagenode.cartridge.blob;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.storagenode.lease.Patience;

/** Lets one after the other through. Safe for any number of threads. */
public final class Lane {

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier steps;

    /** @param steps a number that changes as long as a drive does something: so long is waited */
    public Lane(LongSupplier steps) {
        this.steps = steps;
    }

    /** What is done by one at a time. */
    public interface Step<T> {
        T run() throws BackupException;
    }

    /** @throws BackupException {@code device.busy}, {@code device.interrupted}, and what the step throws */
    public <T> T take(String where, Step<T> step) throws BackupException {
        lock(where);
        try {
            return step.run();
        } finally {
            unlock();
        }
    }

    /** Does not wait: whether there was nobody. */
    public boolean tryLock() {
        return lock.tryLock();
    }

    /** @throws BackupException {@code device.busy}, {@code device.interrupted} */
    public void lock(String where) throws BackupException {
        new Patience(where, steps).lock(lock);
    }

    /** Returns when whoever was let through is through, however long that takes. */
    void await() {
        lock.lock();
        lock.unlock();
    }

    public void unlock() {
        lock.unlock();
    }
}
