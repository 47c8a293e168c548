package org.azekura.server.job.prune;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.run.Halt;
import org.azekura.server.pool.PoolCheckpoint;

/**
 * What comes when packs were dropped: that they are gone is written on the media first, for to copy cartridges away takes hours, and may fail or be cancelled.
 * Where that has changed something it is written once more. Whatever ends it early, the next backup of a pool writes what was not.
 */
final class PruneEnd {

    private final CatalogStore catalog;
    private final List<Pool> pools;
    private final Halt halt;
    private final Steps steps;

    /** What is done with one pool. */
    interface Steps {

        /** Whether nothing new comes into it. */
        boolean isClosed(Pool pool) throws BackupException;

        /** Writes a checkpoint; a failure is only told. */
        void write(Pool pool) throws BackupException;

        /** Has cartridges leave, and says that a checkpoint is due where that has changed something. */
        void recycle(Pool pool) throws BackupException;
    }

    PruneEnd(CatalogStore catalog, List<Pool> pools, Halt halt, Steps steps) {
        this.catalog = catalog;
        this.pools = pools;
        this.halt = halt;
        this.steps = steps;
    }

    /** @throws BackupException why the first pool was not recycled that could not be; all others were, and are written */
    void run() throws BackupException {
        for (Pool pool : pools) {
            // One that is closed is brought and written only if there is something to say: it may be on its way to a vault.
            if (!steps.isClosed(pool) || !PoolCheckpoint.isCurrent(catalog, pool.name())) {
                PoolCheckpoint.due(catalog, pool.name());
            }
        }
        write(pools);
        // One whose node did not take it now will not a moment later; it stays due for the next backup.
        List<Pool> written = notDue();
        BackupException failed = null;
        for (Pool pool : pools) {
            halt.check();
            try {
                steps.recycle(pool);
            } catch (BackupException e) {
                halt.check();
                failed = failed == null ? e : failed;
            }
        }
        write(written);
        if (failed != null) {
            throw failed;
        }
    }

    private List<Pool> notDue() throws BackupException {
        List<Pool> those = new ArrayList<>();
        for (Pool pool : pools) {
            if (!PoolCheckpoint.isDue(catalog, pool.name())) {
                those.add(pool);
            }
        }
        return those;
    }

    private void write(List<Pool> some) throws BackupException {
        for (Pool pool : some) {
            halt.check();
            if (PoolCheckpoint.isDue(catalog, pool.name())) {
                steps.write(pool);
            }
        }
    }
}
