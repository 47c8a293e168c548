package org.azekura.api;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of this process: what the machine's clock said when it was first asked for, counted on by a clock that nobody can set. All parts of a
 * process have the same. It does not count while the machine sleeps. Safe for any number of threads.
 */
public final class SteadyTime implements InstantSource {

    private static final SteadyTime OF_PROCESS = new SteadyTime();

    private final Instant began = Instant.now();
    private final long beganAt = System.nanoTime();

    private SteadyTime() {}

    public static InstantSource ofProcess() {
        return OF_PROCESS;
    }

    @Override
    public Instant instant() {
        return began.plusNanos(System.nanoTime() - beganAt);
    }
}
