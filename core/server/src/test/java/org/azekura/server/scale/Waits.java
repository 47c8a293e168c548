package org.azekura.server.scale;

import java.time.Duration;
import java.util.Arrays;

/** How long something took, so many times. */
final class Waits {

    private long[] seconds = new long[1024];
    private int count;

    void add(Duration time) {
        if (count == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * count);
        }
        seconds[count++] = time.toSeconds();
    }

    int count() {
        return count;
    }

    /** @param share 0 to 1: so many of them took less */
    Duration at(double share) {
        long[] sorted = Arrays.copyOf(seconds, count);
        Arrays.sort(sorted);
        return Duration.ofSeconds(count == 0 ? 0 : sorted[(int) Math.min(count - 1, share * count)]);
    }
}
