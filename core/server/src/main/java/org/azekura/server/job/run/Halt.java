package org.azekura.server.job.run;

import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;

/** Why a run is to end, once somebody has said so; who waits here is woken then. Thread-safe. */
public final class Halt {

    private BackupException why;

    /** The last word counts. */
    public synchronized void say(BackupException reason) {
        why = reason;
        notifyAll();
    }

    /** Null: nothing. */
    public synchronized BackupException said() {
        return why;
    }

    public synchronized boolean isSaid() {
        return why != null;
    }

    public synchronized boolean isSaid(String code) {
        return why != null && why.failure().code().equals(code);
    }

    /** @throws BackupException what was said */
    public synchronized void check() throws BackupException {
        if (why != null) {
            throw why;
        }
    }

    /** @throws BackupException what was said, if it is this */
    public synchronized void check(String code) throws BackupException {
        if (isSaid(code)) {
            throw why;
        }
    }

    /** Returns when so much time has passed, or somebody has said that the run is to end. */
    public synchronized void await(long ms) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        for (long left = ms; why == null && left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
    }
}
