package org.azekura.bench.run;

import java.time.Duration;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Service;

/**
 * One measured piece of work; a line of the raw results. Times are seconds.
 *
 * @param cold      the kernel's caches were dropped before
 * @param corpus    {@link #NONE} for a start
 * @param processor user and system time of every process that worked
 * @param call      of which: of the processes started for it
 * @param job       the appliance's own time for it, without its command line; 0 if it was not asked
 * @param peak      bytes
 * @param stored    bytes of the repository afterwards
 * @param beside    bytes kept for it elsewhere afterwards
 * @param changed   bytes that the next day changed in the corpus; 0 for the other works
 * @param service   what a service between the tool and the disk used for it
 */
public record Sample(int round, boolean cold, String corpus, Work work, String tool, double wall, double processor, double call, double job, long peak,
        long stored, long beside, long changed, Service service) implements Line {

    /** Lines of runs without a service have none. */
    public Sample {
        service = service == null ? Service.NONE : service;
    }


    public static final String NONE = "none";
    /** The tool of the start of the appliance itself; that of its command line has the appliance's name. */
    public static final String APPLIANCE = "appliance";

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    static Sample of(Round round, String corpus, Work work, String tool, Cost cost, long stored, long beside, long changed, Service service) {
        return new Sample(round.number(), round.cold(), corpus, work, tool, seconds(cost.wall()), seconds(cost.processor()), seconds(cost.call()),
                seconds(cost.job()), cost.peakBytes(), stored, beside, changed, service);
    }

    /** @param number of how many times it was started */
    public static Sample start(int number, String tool, Cost cost) {
        return of(new Round(number, false), NONE, Work.START, tool, cost, 0, 0, 0, Service.NONE);
    }

    boolean in(Round round, String name) {
        return number(round) && corpus.equals(name);
    }

    private boolean number(Round other) {
        return round == other.number() && cold == other.cold();
    }
}
