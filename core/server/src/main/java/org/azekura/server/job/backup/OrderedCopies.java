package org.azekura.server.job.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.pool.MediaSets;

/**
 * The copies that a backup's order asks for. They are jobs of their own from the transaction on that makes the snapshot valid: so there is no moment at which a
 * stop of the server could lose them.
 */
final class OrderedCopies {

    private final List<Job> jobs = new ArrayList<>();
    private final List<JobResult.OrderedCopy> told = new ArrayList<>();

    private OrderedCopies() {}

    /**
     * Queues them in the catalog; nobody has begun them yet.
     *
     * @param to pools; the one that the snapshot lies in gets no copy
     */
    static OrderedCopies put(CatalogEdit edit, Snapshot snapshot, List<PoolName> to) throws BackupException {
        OrderedCopies copies = new OrderedCopies();
        PolicyName policy = to.isEmpty() ? null : edit.job(snapshot.job()).map(Job::policy).orElse(null);
        for (PoolName pool : to) {
            if (!pool.equals(MediaSets.head(edit, snapshot.pool()))) {
                Job job = new Job(edit.nextJob(), Job.Kind.COPY, Job.State.QUEUED, null, snapshot.pool(), Instant.now(), null, 0, 0, null, null, 0,
                        JobCodecs.ORDERS.encode(new JobOrder.Copy(pool, null, snapshot.id())), null).of(policy);
                edit.putJob(job);
                copies.jobs.add(job);
                copies.told.add(new JobResult.OrderedCopy(pool, job.id()));
            }
        }
        return copies;
    }

    List<Job> jobs() {
        return jobs;
    }

    /** As the backup's result has them. */
    List<JobResult.OrderedCopy> told() {
        return told;
    }
}
