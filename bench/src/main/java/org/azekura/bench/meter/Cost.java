package org.azekura.bench.meter;

import java.time.Duration;

/**
 * What one piece of work cost.
 *
 * @param wall      from the call to its return
 * @param processor user and system time of every process that worked, also of those that stay
 * @param call      of which: time of the processes that were started for it and have ended
 * @param peakBytes largest resident memory of the process that needed most
 */
public record Cost(Duration wall, Duration processor, Duration call, long peakBytes) {

    /** Adds what a process that stays did for it. */
    public Cost with(Duration served, long servedPeak) {
        return new Cost(wall, processor.plus(served), call, Math.max(peakBytes, servedPeak));
    }
}
