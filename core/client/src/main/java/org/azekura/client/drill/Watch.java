package org.azekura.client.drill;

import org.azekura.api.DrillTimes;

/** Which phase takes how long. One thread. */
final class Watch {

    private final long began = System.nanoTime();
    private long firstByte = -1;
    private long waiting;
    private long reading;
    private long restoring;
    private long comparing;

    void waited(long since) {
        waiting += System.nanoTime() - since;
    }

    void read(long since) {
        reading += System.nanoTime() - since;
    }

    /** The first content may be here. */
    void content() {
        if (firstByte < 0) {
            firstByte = System.nanoTime() - began;
        }
    }

    /** What was waited for and read meanwhile, as it was counted before, does not count as restored. */
    void restored(long since, long countedBefore) {
        restoring += System.nanoTime() - since - (counted() - countedBefore);
    }

    long counted() {
        return waiting + reading;
    }

    void compared(long since) {
        comparing += System.nanoTime() - since;
    }

    DrillTimes times() {
        return new DrillTimes(ms(waiting), firstByte < 0 ? -1 : ms(firstByte), ms(reading), ms(restoring), ms(comparing));
    }

    private static long ms(long nanos) {
        return nanos / 1_000_000;
    }
}
