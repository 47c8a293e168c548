package org.azekura.client.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.JobId;

/**
 * Stops all threads of a job when one fails or the job is cancelled, and is where they wait for each other. Safe for any number
 * of threads.
 */
public final class Breaker {

    private final JobId job;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Runnable> remedies = new ArrayList<>();
    private BackupException failure;
    private volatile boolean open;
    private volatile boolean cancelled;
    private volatile boolean goesOn;

    public Breaker(JobId job) {
        this.job = job;
    }

    /** Ends the job. Only the first failure counts. */
    public void trip(Throwable cause) {
        BackupException reason = cause instanceof BackupException known ? known : BackupException.bug("job " + job, cause);
        List<Runnable> run;
        lock.lock();
        try {
            if (open) {
                return;
            }
            failure = reason;
            open = true;
            run = List.copyOf(remedies);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        run.forEach(Runnable::run);
    }

    public void cancel() {
        cancel(false);
    }

    /** @param later whether the job is going to be ordered again */
    public void cancel(boolean later) {
        goesOn = later;
        cancelled = true;
        trip(new BackupException(new Failure("job.cancelled", Failure.Kind.OPERATOR, false, job.toString(), "job " + job + " was cancelled")));
    }

    public boolean cancelled() {
        return cancelled;
    }

    /** Whether one that was cancelled is going to be ordered again. */
    public boolean goesOnLater() {
        return goesOn;
    }

    /** Whether a job that ends early with this is, by all that is known here, going to be ordered again. */
    public boolean goesOn(BackupException why) {
        return cancelled ? goesOn : why.failure().kind() == Failure.Kind.NETWORK;
    }

    /** Why the job ended early; null if it did not. */
    public Failure failure() {
        return open ? failure.failure() : null;
    }

    /** The exception behind {@link #failure}. */
    public Throwable cause() {
        return failure;
    }

    /** Runs when the job is ended early (at once if it was already): closes what threads of the job may be waiting for. */
    public void onTrip(Runnable remedy) {
        lock.lock();
        try {
            remedies.add(remedy);
            if (!open) {
                return;
            }
        } finally {
            lock.unlock();
        }
        remedy.run();
    }

    /** @throws BackupException why the job ended early */
    public void check() throws BackupException {
        if (open) {
            throw new BackupException(failure.failure(), failure);
        }
    }

    /** Says that something has changed that {@link #await} may wait for. */
    public void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for so long, or less if something has changed.
     *
     * @throws BackupException why the job ended early
     */
    public void pause(long nanos) throws BackupException {
        lock.lock();
        try {
            check();
            if (changed.awaitNanos(nanos) <= 0) {
                return;
            }
            check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("job.interrupted", job.toString(), "job " + job + " was interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something is so.
     *
     * @param what for people, like {@code room for data}
     * @throws BackupException why the job ended early, or {@code job.stuck} after the time-out
     */
    public void await(BooleanSupplier so, String what, Duration timeout) throws BackupException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!so.getAsBoolean()) {
                check();
                if (left <= 0) {
                    throw new BackupException(new Failure("job.stuck", Failure.Kind.NETWORK, true, job.toString(),
                            "job " + job + " waited " + timeout + " for " + what));
                }
                left = changed.awaitNanos(left);
            }
            check();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("job.interrupted", job.toString(), "job " + job + " was interrupted", e);
        } finally {
            lock.unlock();
        }
    }
}
