package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the retention time hears of. */
sealed interface Event {

    /**
     * The server starts.
     *
     * @param machine what the machine's clock says
     * @param blank   whether there is nothing that could expire
     */
    record Started(Instant machine, boolean blank) implements Event {}

    /** The server has run for so long, by the monotonic clock. */
    record Passed(Duration time) implements Event {}

    /** Somebody who is believed says what the time is, right to {@link Witnesses#AGREE}. */
    record Confirmed(Instant time, List<String> by) implements Event {
        public Confirmed {
            by = List.copyOf(by);
        }
    }
}
