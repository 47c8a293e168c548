package org.azekura.api.catalog;

import java.util.List;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;

/**
 * What is saved together, and where.
 *
 * @param saveSets in the order in which they are begun
 * @param copyTo   pools that get a copy of each snapshot
 */
public record Policy(PolicyName name, PoolName pool, List<SaveSetId> saveSets, List<PoolName> copyTo) {

    public Policy {
        saveSets = List.copyOf(saveSets);
        copyTo = List.copyOf(copyTo);
    }
}
