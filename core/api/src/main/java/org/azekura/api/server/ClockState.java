package org.azekura.api.server;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How the server counts the time that retention goes by.
 *
 * @param ground        what it rests on
 * @param by            who confirmed it: {@code ntp}, {@code admin}, or names like {@code client/web1}; empty if nobody did
 * @param retentionTime the server's own time, which times of snapshots are given in and retention is counted by
 * @param machineTime   what the machine's clock says
 * @param advice        what is wrong and what to do, one line; empty if nothing is
 */
public record ClockState(Ground ground, List<String> by, Instant retentionTime, Instant machineTime, String advice) {

    public ClockState {
        by = List.copyOf(by);
    }

    /** What the time of a run of the server rests on. */
    public enum Ground {
        /** Nobody has ever confirmed it: it began with what the machine's clock said when the appliance was new. */
        NEW,
        /** The server was away for minutes at most; it goes on where it was. */
        CONTINUED,
        /** Somebody has confirmed it since the server started. */
        CONFIRMED,
        /** Nobody knows how long the server was away: nothing expires until somebody says so. */
        FROZEN;

        /** The single word that people see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
