package org.azekura.transport.tls;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import org.azekura.api.BackupException;

/** A wait for a condition that has an end. */
final class Wait {

    private final Duration timeout;
    private long left;

    Wait(Duration timeout) {
        this.timeout = timeout;
        this.left = timeout.toNanos();
    }

    /** Waits for a signal; the caller holds the lock and looks again. */
    void on(Condition condition, String what) throws BackupException {
        if (left <= 0) {
            throw BackupException.network("transport.timeout", "", "waited " + timeout.toMillis() + " ms for " + what, null);
        }
        try {
            left = condition.awaitNanos(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", "", "interrupted while waiting for " + what, e);
        }
    }
}
