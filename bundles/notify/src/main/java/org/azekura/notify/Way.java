package org.azekura.notify;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;

/** How a target is told. Calls may come from two threads: that of the outbox, and that of a test. */
interface Way {

    /**
     * Hands a message over; waits a minute at most.
     *
     * @return what the receiver answered, one line
     * @throws BackupException a failure that {@link org.azekura.api.Failure#retryable} says may be tried again; any other will not go better
     */
    String send(Parcel parcel) throws BackupException;

    /**
     * @param id        stable: the same when the same message is sent again
     * @param appliance its name
     * @param events    each with an id of its own, stable as well
     */
    record Parcel(String id, String appliance, String language, Letter letter, List<Numbered> events) {}

    record Numbered(String id, Told told) {}

    /** Why a receiver has not taken it: it wants to be left alone for so long. The cause of what {@link #send} throws. */
    final class Later extends Exception {

        private static final long serialVersionUID = 1;
        private final transient Duration wait;

        Later(Duration wait) {
            super("to be tried again in " + wait.toSeconds() + " s");
            this.wait = wait;
        }

        static Duration of(BackupException why) {
            return why.getCause() instanceof Later later ? later.wait : Duration.ZERO;
        }
    }
}
