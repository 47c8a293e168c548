package org.azekura.rest.media;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.server.Pools;

/**
 * Where a volume belongs, as every row of one says it.
 *
 * @param pool by its own name, whichever of its sets the volume is in
 * @param set  which that is
 */
record SetPlace(String pool, int set) {

    /** A pool that is called like a set, and is none, is itself: it was found without the others. */
    static SetPlace of(Pools pools, PoolName row) throws BackupException {
        int set = pools.set(row);
        PoolName pool = set == 1 ? row : MediaSet.called(row).map(MediaSet::of).orElse(row);
        return new SetPlace(pool.value(), set);
    }
}
