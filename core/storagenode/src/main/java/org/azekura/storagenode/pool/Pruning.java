package org.azekura.storagenode.pool;

import org.azekura.storagenode.index.JobPins;

/** A prune that runs, as its pool must know it. Safe for any number of threads. */
public interface Pruning {

    /** Whether it lets these go at its end; false if it has ended. */
    boolean keep(JobPins pins);
}
