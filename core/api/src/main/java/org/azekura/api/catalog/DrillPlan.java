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
 * @param name       among plans of drills; a policy may have the same
 * @param saveSets   in the order in which they are begun; of each its newest snapshot is restored
 * @param copies     pools whose copies take turns, one a run; none: each that there is
 * @param perMillion of its files are chosen by chance, 1 to {@link #WHOLE}; 0 if {@code files} says how many
 * @param files      chosen by chance; 0 if {@code perMillion} says which part
 * @param client     on whose host they are restored; null: whose data they are
 */
public record DrillPlan(PolicyName name, List<SaveSetId> saveSets, List<PoolName> copies, int perMillion, int files, ClientName client, Timing timing) {

    /** All of the snapshot. */
    public static final int WHOLE = 1_000_000;

    public DrillPlan {
        saveSets = List.copyOf(saveSets);
        copies = List.copyOf(copies);
        if (perMillion < 0 || perMillion > WHOLE || files < 0 || perMillion == 0 == (files == 0)) {
            throw new IllegalArgumentException("a drill chooses a part of the files, more than 0 % and up to 100 %, or a number of them, from 1 on");
        }
    }

    public boolean whole() {
        return perMillion == WHOLE;
    }
}
