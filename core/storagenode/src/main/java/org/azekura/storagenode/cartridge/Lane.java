package org.azekura.storagenode.cartridge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;

/** Lets one after the other through. Safe for any number of threads. */
final class Lane {

    private static final long WAIT = 240;

    private final ReentrantLock lock = new ReentrantLock();

    /** What is done by one at a time. */
    interface Step<T> {
        T run() throws BackupException;
    }

    /** @throws BackupException {@code device.busy}, {@code device.interrupted}, and what the step throws */
    <T> T take(String where, Step<T> step) throws BackupException {
        try {
            if (!lock.tryLock(WAIT, TimeUnit.SECONDS)) {
                throw Trouble.busy(where, "other calls have had the volume for " + WAIT + " s");
            }
        } catch (InterruptedException e) {
            throw Trouble.interrupted(where, e);
        }
        try {
            return step.run();
        } finally {
            lock.unlock();
        }
    }
}
