package org.azekura.cli.job;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Why a job is parked, and how long. One that is tried again, and parks soon for the same reason, has not gone on. Not thread-safe. */
final class Parking {

    /** Who asks a library that does not answer waits for it, some 20 s each time, and a job asks more than once before it parks again. */
    private static final Duration TRIAL = Duration.ofMinutes(2);

    private final LongSupplier clock;
    private String reason = "";
    private long begun;
    private long ended;
    private boolean parked;

    /** @param clock in nanoseconds */
    Parking(LongSupplier clock) {
        this.clock = clock;
    }

    boolean isParked() {
        return parked;
    }

    /** @return whether that is news */
    boolean begin(String why) {
        long now = clock.getAsLong();
        boolean same = why.equals(reason) && now - ended < TRIAL.toNanos();
        if (!same) {
            reason = why;
            begun = now;
        }
        parked = true;
        return !same;
    }

    void end() {
        if (parked) {
            ended = clock.getAsLong();
        }
        parked = false;
    }

    /** Nothing if it is not parked. */
    Duration lasted() {
        return parked ? Duration.ofNanos(clock.getAsLong() - begun) : Duration.ZERO;
    }
}
