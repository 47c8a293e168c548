package org.azekura.server.job.lock;

import java.time.Instant;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.pool.MediaSets;

/** The job that locks what has just come into a pool; in the catalog with it, so that no stop of the server loses it. */
public final class OrderedLock {

    private OrderedLock() {}

    /**
     * Queues it, if the pool has a lock and none waits for it already; nobody has begun it yet.
     *
     * @param into the pool, or a set of it
     */
    public static Optional<Job> put(CatalogEdit edit, PoolName into) throws BackupException {
        PoolName pool = MediaSets.head(edit, into);
        if (edit.lock(pool).isZero() || edit.jobs(true).stream().anyMatch(job -> job.kind() == Job.Kind.LOCK && job.state() != Job.State.RUNNING && pool.equals(job.pool()))) {
            return Optional.empty();
        }
        Job job = new Job(edit.nextJob(), Job.Kind.LOCK, Job.State.QUEUED, null, pool, Instant.now(), null, 0, 0, null, null, 0,
                JobCodecs.ORDERS.encode(new JobOrder.Lock(pool)), null);
        edit.putJob(job);
        return Optional.of(job);
    }
}
