package org.azekura.server.schedule;

import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun.Part;
import org.azekura.api.server.JobOrder;

/**
 * A backup of one save set that is about to begin.
 *
 * @param job     puts it into the catalog; null if it can't be
 * @param failure why it can't be; else null
 */
record Attempt(CatalogStore.Change<Job> job, Failure failure) {

    /** @param there whether all that it needs must be there now */
    static Attempt of(Scheduler.Queue queue, Policy policy, SaveSetId set, boolean there) {
        try {
            JobOrder order = new JobOrder.Backup(set.client(), policy.pool(), new SaveSet(set.name(), List.of(), List.of(), false), null, false)
                    .copied(policy.copyTo());
            return new Attempt(queue.prepare(order, policy.name(), there), null);
        } catch (BackupException e) {
            return new Attempt(null, e.failure());
        }
    }

    /** @param begun takes the job that is there now */
    Part put(CatalogEdit edit, Part part, Instant now, List<Job> begun) throws BackupException {
        if (job == null) {
            return part.begun(null).failed(now, failure.message());
        }
        Job queued = job.run(edit);
        begun.add(queued);
        return part.begun(queued.id());
    }
}
