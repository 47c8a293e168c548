package org.azekura.server.job.damage;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;

/**
 * What a backup builds on.
 *
 * @param parent     what it is compared with, null if nothing
 * @param surrenders as they were counted when that was chosen
 */
public record Compared(SnapshotId parent, long surrenders) {

    /**
     * Whether something may be lost by now on which it builds: it has taken over what is unchanged without looking, or was told of chunks that are nowhere any more. What is said so of the
     * snapshot that it makes keeps the next one from building on that.
     */
    public boolean hasLost(CatalogView view, PoolName pool) throws BackupException {
        return parent != null && DamagedSnapshots.isDamaged(view, pool, parent) || Surrenders.counted(view, pool) != surrenders;
    }

    /** Whether the storage node knows all that is lost: nobody has come upon anything of the parent that it does not know of. */
    public boolean isKnown(CatalogView view, PoolName pool) throws BackupException {
        DamagedSnapshots.Flag flag = parent == null ? null : DamagedSnapshots.in(view, pool).get(parent);
        return flag == null || flag.known();
    }
}
