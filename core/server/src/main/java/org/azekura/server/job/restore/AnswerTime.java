package org.azekura.server.job.restore;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long one answer to a client may take, whatever number of places is asked for it: the client waits for fifteen minutes, and then gives up the job.
 *
 * @param clock nanoseconds, for differences only
 * @param began by it
 */
record AnswerTime(LongSupplier clock, long began) {

    /** Leaves a client's patience room for what is asked last, and for the way. */
    private static final Duration MOST = Duration.ofMinutes(11);

    static AnswerTime begin(LongSupplier clock) {
        return new AnswerTime(clock, clock.getAsLong());
    }

    /** Of what may be waited for one thing, as much as is left. */
    Duration left(Duration most) {
        Duration left = MOST.minusNanos(clock.getAsLong() - began);
        return left.compareTo(most) < 0 ? left : most;
    }

    /** Whether nothing new is to be begun. */
    boolean isOver() {
        return !left(MOST).isPositive();
    }
}
