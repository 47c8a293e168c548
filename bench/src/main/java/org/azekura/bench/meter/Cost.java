package org.azekura.bench.meter;

import java.time.Duration;

/**
 * What one piece of work cost.
 *
 * @param wall      from the call to its return
 * @param processor user and system time of every process that worked, also of those that stay
 * @param call      of which: time of the processes that were started for it and have ended
 * @param peakBytes largest resident memory of the process that needed most
 * @param job       how long the appliance worked on it by its own clock, if that was asked; else zero
 */
public record Cost(Duration wall, Duration processor, Duration call, long peakBytes, Duration job) {

    public Cost(Duration wall, Duration processor, Duration call, long peakBytes) {
        this(wall, processor, call, peakBytes, Duration.ZERO);
    }

    /** Adds what a process that stays did for it. */
    public Cost with(Duration served, long servedPeak) {
        return new Cost(wall, processor.plus(served), call, Math.max(peakBytes, servedPeak), job);
    }

    public Cost with(Duration worked) {
        return new Cost(wall, processor, call, peakBytes, worked);
    }

    /** This, and then the other. */
    public Cost and(Cost other) {
        return new Cost(wall.plus(other.wall), processor.plus(other.processor), call.plus(other.call), Math.max(peakBytes, other.peakBytes), job.plus(other.job));
    }
}
