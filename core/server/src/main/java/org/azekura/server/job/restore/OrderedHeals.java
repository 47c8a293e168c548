package org.azekura.server.job.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Replica;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.run.JobCodecs;

/** Jobs that mend what a restore met damaged, or a pool lacked when it was opened: their own, so that nobody waits for them, and a stop of the server loses none. */
public final class OrderedHeals {

    private OrderedHeals() {}

    /**
     * Queues them in the catalog; nobody has begun them yet. What one has been ordered for that has not ended is not ordered again.
     *
     * @param place in which the packs are: a pool, or a replica
     */
    public static List<Job> put(CatalogEdit edit, PoolName place, Collection<PackId> packs) throws BackupException {
        Set<PackId> open = new LinkedHashSet<>(packs);
        for (Job listed : packs.isEmpty() ? List.<Job>of() : edit.jobs(true)) {
            if (listed.kind() == Job.Kind.HEAL) {
                // a list has no orders
                Job other = edit.job(listed.id()).orElseThrow();
                if (JobCodecs.ORDERS.decode(other.order()) instanceof JobOrder.Heal heal && heal.pool().equals(place)) {
                    heal.packs().forEach(open::remove);
                }
            }
        }
        List<PackId> all = List.copyOf(open);
        List<Job> jobs = new ArrayList<>();
        for (int from = 0; from < all.size(); from += JobOrder.Heal.MAX_PACKS) {
            List<PackId> some = all.subList(from, Math.min(all.size(), from + JobOrder.Heal.MAX_PACKS));
            Job job = new Job(edit.nextJob(), Job.Kind.HEAL, Job.State.QUEUED, null, edit.replica(place).map(Replica::within).orElse(place), Instant.now(), null, 0, 0, null, null, 0,
                    JobCodecs.ORDERS.encode(new JobOrder.Heal(place, some)), null);
            edit.putJob(job);
            jobs.add(job);
        }
        return jobs;
    }
}
