package org.azekura.engine.volume;

import java.time.Instant;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;

/** Which restores are rehearsed, and what that proved. */
public sealed interface DrillItem extends ConfigurationItem {

    /**
     * A plan of drills.
     *
     * @param saveSets   in their order
     * @param copies     pools; none: all that there are
     * @param perMillion of the files; 0 if {@code files} says how many
     * @param client     on whose host; null: whose data they are
     */
    record PlannedDrill(PolicyName name, List<SaveSetId> saveSets, List<PoolName> copies, int perMillion, int files, ClientName client, Timing timing)
            implements DrillItem {

        public PlannedDrill {
            saveSets = List.copyOf(saveSets);
            copies = List.copyOf(copies);
        }
    }

    /**
     * What a drill found out. What it tells of paths is private and stands elsewhere ({@link PrivateItem.Told}).
     *
     * @param client  on whose host
     * @param sample  null if all of the snapshot was compared
     * @param outcome the single word that people see
     */
    record Proven(JobId job, SnapshotId snapshot, Instant received, SaveSetId saveSet, PoolName pool, ClientName client, Sample sample, Instant began, Instant ended,
            long entries, long bytes, long differences, Times times, String outcome) implements DrillItem {}

    /** Files that were chosen by chance: with which seed, how many, of how many. */
    record Sample(long seed, long chosen, long of) {}

    /** Milliseconds. */
    record Times(long waiting, long restoring, long comparing) {}
}
