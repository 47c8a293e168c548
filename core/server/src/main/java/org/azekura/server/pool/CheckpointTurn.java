package org.azekura.server.pool;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a pool's checkpoint is written by itself now. What people have laid down is written when they seem to be through with it; what only goes on (proofs, the audit log, a few
 * snapshots) once a day. No cartridge is brought for that at once: it is written where it is in a drive that nobody needs, or after a day.
 *
 * @param differs since when something was laid down, or much has changed, that the last one does not say; null: it says all that
 * @param goesOn  whether anything else has changed since
 * @param written when the last one was; null: never
 * @param failed  when it could not be written; null if it could, or nobody has tried since the start
 * @param idle    whether no job runs or waits for its turn
 */
record CheckpointTurn(Instant differs, boolean goesOn, Instant written, Instant failed, Reach reach, boolean idle) {

    /** Who types is through after so long. */
    static final Duration QUIET = Duration.ofMinutes(5);
    static final Duration DAY = Duration.ofDays(1);
    /** After a failure. */
    static final Duration AGAIN = Duration.ofHours(1);
    static final Duration OLD = Duration.ofDays(7);

    /** Where the medium is. */
    enum Reach {
        /** It is written without anything being moved. */
        AT_ONCE,
        /** A cartridge of the pool is in a drive where nothing goes on. */
        MOUNTED,
        /** A cartridge of the pool is in the library. */
        THERE,
        /** No cartridge of it is, or its node is not connected. */
        AWAY
    }

    boolean isDue(Instant now) {
        if (reach == Reach.AWAY || failed != null && failed.plus(AGAIN).isAfter(now)) {
            return false;
        }
        boolean daily = written == null || !written.plus(DAY).isAfter(now);
        boolean easy = reach == Reach.AT_ONCE || reach == Reach.MOUNTED && idle;
        return differs == null ? easy && goesOn && daily : isQuiet(now) && (easy || daily);
    }

    private boolean isQuiet(Instant now) {
        return !differs.plus(QUIET).isAfter(now);
    }

    /** Whether somebody has to see to it: what was laid down is nowhere on this medium, and has not been for long. */
    boolean isOld(Instant now) {
        return differs != null && isQuiet(now) && !(written == null ? differs : written).plus(OLD).isAfter(now);
    }
}
