package org.azekura.api.catalog;

import java.util.List;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;

/**
 * What is saved together, where, when, and for how long.
 *
 * @param saveSets in the order in which they are begun
 * @param copyTo   pools that get a copy of each snapshot
 * @param timing   when it runs by itself
 * @param keep     which snapshots of its save sets in its pool stay
 */
public record Policy(PolicyName name, PoolName pool, List<SaveSetId> saveSets, List<PoolName> copyTo, Timing timing, Keep keep) {

    public Policy {
        saveSets = List.copyOf(saveSets);
        copyTo = List.copyOf(copyTo);
    }

    /** One that is run by hand and keeps everything. */
    public Policy(PolicyName name, PoolName pool, List<SaveSetId> saveSets, List<PoolName> copyTo) {
        this(name, pool, saveSets, copyTo, Timing.BY_HAND, Keep.ALL);
    }
}
