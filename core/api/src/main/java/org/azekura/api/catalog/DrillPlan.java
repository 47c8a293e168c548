package org.azekura.api.catalog;

import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;

/**
 * Which save sets are rehearsed, and when.
 *
 * @param name     among plans of drills; a policy may have the same
 * @param saveSets in the order in which they are begun; of each its newest snapshot is restored
 * @param copies   pools whose copies take turns, one a run; none: each that there is
 * @param percent  of its files that are chosen by chance, 1 to {@link #WHOLE}
 * @param client   on whose host they are restored; null: whose data they are
 */
public record DrillPlan(PolicyName name, List<SaveSetId> saveSets, List<PoolName> copies, int percent, ClientName client, Timing timing) {

    /** All of the snapshot. */
    public static final int WHOLE = 100;

    public DrillPlan {
        saveSets = List.copyOf(saveSets);
        copies = List.copyOf(copies);
    }

    public boolean whole() {
        return percent == WHOLE;
    }
}
