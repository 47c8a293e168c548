package org.azekura.server.scale;

import java.time.Duration;
import java.util.Random;

/**
 * What a day brings, drawn.
 *
 * @param seconds of an undisturbed backup, on average
 */
record Load(Random random, double seconds) {

    private static final double SPREAD = 0.8;

    /** How long a job takes: most are short and a few long. */
    Duration work() {
        return ofSeconds(seconds * Math.exp(SPREAD * random.nextGaussian() - SPREAD * SPREAD / 2));
    }

    /** How long until something that happens so often on average. */
    Duration until(Duration mean) {
        return ofSeconds(-Math.log(1 - random.nextDouble()) * mean.toSeconds());
    }

    Duration between(Duration least, Duration most) {
        return least.plus(ofSeconds(random.nextDouble() * most.minus(least).toSeconds()));
    }

    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofMillis(Math.max(1, (long) (seconds * 1000)));
    }
}
