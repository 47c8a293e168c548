package org.azekura.storagenode;

import org.azekura.storagenode.index.JobPins;

/** A prune that runs, as its pool must know it. Safe for any number of threads. */
interface Pruning {

    /** Whether it lets these go at its end; false if it has ended. */
    boolean keep(JobPins pins);
}
