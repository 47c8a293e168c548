package org.azekura.storagenode.lease;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;

/** How long somebody waits for his turn: as long as something moves, and not for ever. For one wait of one thread. */
public final class Patience {

    private static final long STILL = TimeUnit.SECONDS.toNanos(240);
    private static final long MOST = TimeUnit.HOURS.toNanos(4);

    private final String where;
    private final LongSupplier steps;
    private final long begun = System.nanoTime();
    private long seen;
    private long moved = begun;

    /** @param steps a number that changes as long as something moves */
    public Patience(String where, LongSupplier steps) {
        this.where = where;
        this.steps = steps;
        this.seen = steps.getAsLong();
    }

    /** Waits for a change, so long at most. */
    void spend(Condition changed, long nanos) throws BackupException {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        requireSome();
    }

    /** @throws BackupException {@code device.busy}, {@code device.interrupted} */
    public void lock(ReentrantLock lock) throws BackupException {
        try {
            while (!lock.tryLock(STILL, TimeUnit.NANOSECONDS)) {
                requireSome();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void requireSome() throws BackupException {
        long now = System.nanoTime();
        if (steps.getAsLong() != seen) {
            seen = steps.getAsLong();
            moved = now;
        }
        if (now - moved >= STILL || now - begun >= MOST) {
            throw BackupException.device("device.busy", where, where + ": others have had the drives for " + TimeUnit.NANOSECONDS.toSeconds(now - begun)
                    + " s" + (now - moved >= STILL ? ", and none of them moves" : "") + "; try again later", null);
        }
    }

    private BackupException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return BackupException.device("device.interrupted", where, where + ": the call was interrupted", e);
    }
}
