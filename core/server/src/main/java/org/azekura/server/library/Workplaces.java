package org.azekura.server.library;

import java.util.HashSet;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;

/** In which libraries jobs are at work. Thread-safe. */
record Workplaces(CatalogStore catalog, Jobs jobs) {

    /**
     * Whether a job runs, or is about to, that may want the library of this pool.
     *
     * @param but one that does not count, null for none
     */
    boolean isWanted(Pool pool, JobId but) throws BackupException {
        for (Job job : jobs.list(true)) {
            boolean atWork = job.state() == Job.State.RUNNING || job.state() == Job.State.QUEUED;
            if (atWork && !job.id().equals(but) && (job.pool() == null || isIn(job, pool))) {
                return true;
            }
        }
        return false;
    }

    private boolean isIn(Job job, Pool library) throws BackupException {
        for (PoolName touched : touched(job)) {
            if (catalog.read(view -> view.pool(touched)).filter(one -> one.node().equals(library.node()) && one.device().equals(library.device())).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** A job says one pool, and may be at work in others, too. */
    private Set<PoolName> touched(Job job) throws BackupException {
        Set<PoolName> pools = new HashSet<>(Set.of(job.pool()));
        switch (job.kind()) {
            case COPY -> {
                if (jobs.order(job.id()) instanceof JobOrder.Copy copy) {
                    pools.add(copy.to());
                }
            }
            // it is read from a copy where its pool can't be
            case RESTORE, HEAL -> catalog.read(view -> view.replicas()).stream().filter(replica -> replica.of().equals(job.pool())).map(Replica::within).forEach(pools::add);
            case BACKUP, MOUNT, DOWNLOAD, VERIFY, LOCK, PRUNE, REBUILD, DRIVER, INVENTORY, MOVE, LABEL, SCAN, EXPORT, IMPORT, CLEAN, REPACK, FORGET -> { }
        }
        return pools;
    }
}
