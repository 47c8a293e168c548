package org.azekura.server.job;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.OtherJobs;
import org.azekura.server.job.run.Run;
import org.azekura.server.pool.MediaSets;

/** The jobs that this run of the server has begun and that have not ended. Thread-safe. */
public final class ActiveJobs implements OtherJobs {

    private final CatalogStore catalog;
    private final Map<JobId, ActiveJob> jobs = new ConcurrentHashMap<>();

    ActiveJobs(CatalogStore catalog) {
        this.catalog = catalog;
    }

    /** @return false if it is here already */
    boolean take(ActiveJob job) {
        return jobs.putIfAbsent(job.id(), job) == null;
    }

    void ended(JobId id) {
        jobs.remove(id);
    }

    /** Null if it is not here. */
    ActiveJob get(JobId id) {
        return jobs.get(id);
    }

    /** Whether it has been begun by this run of the server and has not ended. */
    public boolean isActive(JobId id) {
        return jobs.containsKey(id);
    }

    /** The same, and whether it goes to this pool. */
    public boolean isActive(JobId id, PoolName pool) {
        ActiveJob job = jobs.get(id);
        return job != null && job.goesTo(pool);
    }

    /** @throws BackupException {@code job.unknown} if it does not run now */
    Run running(JobId id) throws BackupException {
        ActiveJob job = jobs.get(id);
        if (job == null) {
            throw BackupException.operator("job.unknown", id.toString(), "job " + id + " does not run");
        }
        return job.run();
    }

    /** A client is gone: its running jobs can't go on. */
    public void left(ClientName client) {
        for (ActiveJob job : jobs.values()) {
            if (client.equals(job.run().client()) && !job.isWaiting()) {
                job.left(BackupException.network(Obstacle.CLIENT_LEFT, client.value(), "client " + client + " left while its job ran", null));
            }
        }
    }

    /** A client is trusted no longer: all its jobs fail, those that wait for it, too. */
    public void revoked(ClientName client, BackupException why) {
        jobs.values().stream().filter(job -> client.equals(job.run().client())).forEach(job -> job.stop(why, false));
    }

    /** A storage node is trusted no longer: jobs with its pools fail. */
    public void revoked(NodeName node, BackupException why) throws BackupException {
        Set<PoolName> pools = catalog.read(MediaSets::all).stream().filter(pool -> pool.node().equals(node)).map(Pool::name)
                .collect(Collectors.toSet());
        jobs.values().stream().filter(job -> job.isWith(pools)).forEach(job -> job.stop(why, false));
    }

    /**
     * A storage node has the jobs of one of its pools wait, or go on.
     *
     * @param why null: they go on
     */
    public void paused(NodeName node, PoolName pool, String why) throws BackupException {
        if (catalog.read(view -> view.pool(pool)).filter(known -> known.node().equals(node)).isEmpty()) {
            throw BackupException.operator("pool.unknown", pool.value(), "storage node " + node + " has no pool " + pool);
        }
        nodeSays(node, "pool " + pool + (why == null ? " goes on" : " pauses: " + why));
        for (ActiveJob job : jobs.values()) {
            if (job.isWith(Set.of(pool)) || job.goesTo(pool)) {
                job.paused(why);
            }
        }
    }

    /** Has those park that may not run now. */
    void parkIfHeld() {
        jobs.values().forEach(ActiveJob::parkIfHeld);
    }

    /** A storage node tells what it does, to whichever job that concerns. */
    public void nodeSays(NodeName node, String text) {
        jobs.values().forEach(job -> job.run().nodeSays(node, text));
    }

    @Override
    public List<RawPath> targets(ClientName client) {
        return jobs.values().stream().map(ActiveJob::run).filter(run -> client.equals(run.client()) && run.target() != null)
                .map(Run::target).toList();
    }

    @Override
    public boolean reliesOnEarlierPages() {
        return jobs.values().stream().anyMatch(ActiveJob::reliesOnEarlierPages);
    }

    @Override
    public void pages(Consumer<List<ChunkId>> taker) {
        jobs.values().forEach(job -> taker.accept(job.run().pages()));
    }

    /** Stops every job, those that wait stay as they are in the catalog; waits so long in all. */
    void end(BackupException why, long ms) {
        jobs.values().forEach(job -> job.stop(why, true));
        long end = System.nanoTime() + ms * 1_000_000;
        jobs.values().forEach(job -> job.join((end - System.nanoTime()) / 1_000_000));
    }
}
