package org.azekura.server.job;

import java.util.HashMap;
import java.util.Map;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PolicyName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.host.Hosts;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaPools;

/** The real queue over a catalog, for simulations in which nobody waits in a thread: what it says of jobs, and its places. One thread. */
public final class QueueDoor {

    public static final int AT_ONCE = JobQueue.AT_ONCE;
    public static final int OF_A_CLIENT = JobQueue.OF_A_CLIENT;

    private final JobFactory factory;
    private final JobQueue queue;
    private final Line<Job> line;
    private final Map<JobId, Places.Claim> claims = new HashMap<>();

    /** @param atOnce places */
    public QueueDoor(CatalogStore catalog, NodeName local, int atOnce) throws BackupException {
        Hosts hosts = new Hosts();
        MediaPools pools = new MediaPools(new ApplianceId(1, 1), local, catalog, hosts, null, null, null);
        Stage stage = new Stage(new ApplianceId(1, 1), catalog, hosts, pools, null, null, local, null, null, ServerClock.open(catalog));
        factory = new JobFactory(stage, new SnapshotBrowser(catalog, null, null, null, stamp -> stamp, null, null, null), () -> { }, null, null);
        queue = new JobQueue(catalog, factory, local);
        line = new Line<>(atOnce, OF_A_CLIENT);
    }

    public CatalogStore.Change<Job> prepare(JobOrder order, PolicyName policy) throws BackupException {
        return queue.prepare(order, policy, false);
    }

    /** It waits for a place, as a job does that is begun. @return whose places it wants */
    public String begin(Job job) throws BackupException {
        Places.Claim claim = queue.claim(job, factory.find(JobCodecs.ORDERS.decode(job.order())));
        claims.put(job.id(), claim);
        line.add(job, claim);
        return claim.whose();
    }

    /** Which job gets a place now; null if none does. {@link #give} returns it. */
    public Job admit() {
        return line.admit();
    }

    public void give(Job job) {
        line.give(claims.remove(job.id()).whose());
    }
}
