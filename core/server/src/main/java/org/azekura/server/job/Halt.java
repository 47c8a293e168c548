package org.azekura.server.job;

import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;

/** Why a run is to end, once somebody has said so; who waits here is woken then. Thread-safe. */
final class Halt {

    private BackupException why;

    /** The last word counts. */
    synchronized void say(BackupException reason) {
        why = reason;
        notifyAll();
    }

    synchronized boolean isSaid() {
        return why != null;
    }

    synchronized boolean isSaid(String code) {
        return why != null && why.failure().code().equals(code);
    }

    /** @throws BackupException what was said */
    synchronized void check() throws BackupException {
        if (why != null) {
            throw why;
        }
    }

    /** @throws BackupException what was said, if it is this */
    synchronized void check(String code) throws BackupException {
        if (isSaid(code)) {
            throw why;
        }
    }

    /** Returns when so much time has passed, or somebody has said that the run is to end. */
    synchronized void await(long ms) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        for (long left = ms; why == null && left > 0; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
    }
}
