package org.azekura.storagenode.job;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;

/**
 * Who may do something for a job that writes: one thread at a time. The first failure of the job is final: each wait ends with it, and each later
 * check throws it again.
 */
final class JobTurn {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final JobId job;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile BackupException failure;

    JobTurn(JobId job) {
        this.job = job;
    }

    /** Something that is waited for; looked at by who has the turn. */
    @FunctionalInterface
    interface State {
        boolean reached();
    }

    /** Something that may take long and must not keep others from their turn. */
    @FunctionalInterface
    interface Aside<T> {
        T run() throws BackupException;
    }

    /** {@link #give} must follow. */
    void take() {
        lock.lock();
    }

    void give() {
        lock.unlock();
    }

    /** What others wait for may be reached. By who has the turn. */
    void changed() {
        changed.signalAll();
    }

    /** Whether the job has failed, or ended. */
    boolean hasFailed() {
        return failure != null;
    }

    /** By who has the turn. A later one than the first changes nothing. */
    void fail(BackupException problem) {
        if (failure == null) {
            failure = problem;
            changed.signalAll();
        }
    }

    /** @throws BackupException the job's failure */
    void check() throws BackupException {
        BackupException first = failure;
        if (first != null) {
            throw new BackupException(first.failure(), first);
        }
    }

    /** Waits with the turn given to others; a failure of the job ends it, too, and is left to {@link #check}. */
    void await(State state, String what) throws BackupException {
        long left = PATIENCE.toNanos();
        try {
            while (!state.reached() && failure == null) {
                if (left <= 0) {
                    throw BackupException.device("device.timeout", job.toString(), "job " + job + " waited " + PATIENCE.toMinutes() + " minutes for " + what,
                            null);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", job.toString(), "interrupted while job " + job + " waited for " + what, e);
        }
    }

    /** Does this with the turn given to others. */
    <T> T aside(Aside<T> aside) throws BackupException {
        lock.unlock();
        try {
            return aside.run();
        } finally {
            lock.lock();
        }
    }
}
