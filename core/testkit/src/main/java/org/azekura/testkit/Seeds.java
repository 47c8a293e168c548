package org.azekura.testkit;

import java.util.Random;
import java.util.SplittableRandom;

/** Where random tests get their numbers from: {@code -Dseed=N} does again what a failure has printed. */
public final class Seeds {

    private Seeds() {}

    /** The seed of a whole test: that of the command line, else a new one. */
    public static long start() {
        return Long.getLong("seed", System.nanoTime());
    }

    /** Also seeds that follow one another give numbers that have nothing in common, which those of {@link Random} do not. */
    public static Random random(long seed) {
        return new Random(new SplittableRandom(seed).nextLong());
    }

    /** Whether long tests were asked for. */
    public static boolean slow() {
        return Boolean.getBoolean("azekura.slow");
    }
}
