package org.azekura.storagenode.index;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntConsumer;
import org.azekura.api.BackupException;

/** Whoever asks shares it, whoever changes has it alone; behind {@link #close} nobody gets it any more. */
final class IndexLock {

    private final String pool;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    IndexLock(String pool) {
        this.pool = pool;
    }

    /** What is done under the lock. */
    interface Work<T> {
        T run();
    }

    /** @throws BackupException {@code pool.closed}, as all here */
    <T> T read(Work<T> question) throws BackupException {
        return locked(lock.readLock(), question);
    }

    <T> T write(Work<T> change) throws BackupException {
        return locked(lock.writeLock(), change);
    }

    void change(Runnable change) throws BackupException {
        locked(lock.writeLock(), () -> {
            change.run();
            return null;
        });
    }

    /** With every number below, in order; between two, others have their turn. */
    void readEach(int numbers, IntConsumer pass) throws BackupException {
        each(lock.readLock(), numbers, pass);
    }

    void changeEach(int numbers, IntConsumer pass) throws BackupException {
        each(lock.writeLock(), numbers, pass);
    }

    private void each(Lock with, int numbers, IntConsumer pass) throws BackupException {
        for (int i = 0; i < numbers; i++) {
            int number = i;
            locked(with, () -> {
                pass.accept(number);
                return null;
            });
        }
    }

    private <T> T locked(Lock with, Work<T> work) throws BackupException {
        with.lock();
        try {
            if (closed) {
                throw BackupException.operator("pool.closed", pool, "pool " + pool + " was closed on this storage node meanwhile");
            }
            return work.run();
        } finally {
            with.unlock();
        }
    }

    /** Does this last, once; waits for those who have the lock. */
    void close(Runnable last) {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                last.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
