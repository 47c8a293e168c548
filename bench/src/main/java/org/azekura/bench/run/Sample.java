package org.azekura.bench.run;

import java.time.Duration;
import org.azekura.bench.meter.Cost;

/**
 * One measured piece of work; a line of the raw results. Times are seconds.
 *
 * @param cold      the kernel's caches were dropped before
 * @param processor user and system time of every process that worked
 * @param call      of which: of the processes started for it
 * @param peak      bytes
 * @param stored    bytes of the repository afterwards
 * @param beside    bytes kept for it elsewhere afterwards
 * @param changed   bytes that the next day changed in the corpus; 0 for the other works
 */
public record Sample(int round, boolean cold, String corpus, Work work, String tool, double wall, double processor, double call, long peak,
        long stored, long beside, long changed) {

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    static Sample of(Round round, String corpus, Work work, String tool, Cost cost, long stored, long beside, long changed) {
        return new Sample(round.number(), round.cold(), corpus, work, tool, seconds(cost.wall()), seconds(cost.processor()), seconds(cost.call()),
                cost.peakBytes(), stored, beside, changed);
    }
}
