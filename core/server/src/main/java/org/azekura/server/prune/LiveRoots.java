package org.azekura.server.prune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Snapshot;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.Replicas;

/**
 * What everything alive in a pool hangs on, as one view of the catalog has it.
 *
 * @param roots   by trust group
 * @param unended jobs whose packs stay
 * @param backups whether backups into this pool, or another of its sets, are among them: what they bring may be a page that is here, sealed by an earlier session
 */
public record LiveRoots(Map<TrustGroup, List<Root>> roots, Set<JobId> unended, boolean backups) {

    /** A snapshot's tree of {@code /}. */
    public record Root(SnapshotId snapshot, ChunkId tree) {}

    /**
     * @param pruner the job that asks
     * @throws BackupException {@code prune.blind} if a job holds what the catalog does not know
     */
    public static LiveRoots of(CatalogView view, PoolName pool, JobId pruner) throws BackupException {
        Reading reading = new Reading(view);
        Map<SnapshotId, Deletion> deleted = new HashMap<>();
        view.deletions(pool).forEach(deletion -> deleted.put(deletion.snapshot(), deletion));
        Set<SnapshotId> there = new HashSet<>();
        for (Snapshot snapshot : view.snapshotsIn(pool)) {
            there.add(snapshot.id());
            reading.add(snapshot.client(), new Root(snapshot.id(), snapshot.root()));
        }
        PoolName origin = Replicas.origin(view, pool);
        boolean replica = !origin.equals(pool);
        Set<JobId> unended = new HashSet<>();
        boolean backups = false;
        for (Job job : view.jobs(true)) {
            if (!job.id().equals(pruner)) {
                unended.add(job.id());
                backups |= job.kind() == Job.Kind.BACKUP && isOfOne(view, origin, job.pool());
                if (job.holds() != null && isOfOne(view, origin, job.pool()) && !there.contains(job.holds())
                        && !isElsewhere(view, origin, job.holds()) && there.add(job.holds())
                        && isHere(view, replica, pool, job.holds())) {
                    Deletion deletion = deleted.get(job.holds());
                    if (deletion == null) {
                        throw BackupException.corrupt("prune.blind", job.id().toString(), "nothing was pruned: job " + job.id()
                                + " relies on snapshot " + job.holds() + ", which the catalog does not know; wait for the job's end");
                    }
                    reading.add(deletion.client(), new Root(deletion.snapshot(), deletion.root()));
                }
            }
        }
        return new LiveRoots(reading.roots, unended, backups);
    }

    /** What is held and not copied yet has nothing that could go from the copies; what was deleted keeps the row of its copy while that is there. */
    private static boolean isHere(CatalogView view, boolean replica, PoolName pool, SnapshotId held) throws BackupException {
        return !replica || view.copies(held).stream().anyMatch(copy -> copy.replica().equals(pool));
    }

    /** Whether they are sets of the same pool. */
    private static boolean isOfOne(CatalogView view, PoolName one, PoolName other) throws BackupException {
        return other != null && (one.equals(other) || MediaSets.head(view, one).equals(MediaSets.head(view, other)));
    }

    /** Whether it lies, or lay, in another set. */
    private static boolean isElsewhere(CatalogView view, PoolName pool, SnapshotId held) throws BackupException {
        PoolName head = MediaSets.head(view, pool);
        List<PoolName> others = new ArrayList<>(head.equals(pool) ? List.of() : List.of(head));
        view.mediaSets().stream().filter(set -> set.of().equals(head) && !set.name().equals(pool)).map(MediaSet::name).forEach(others::add);
        for (PoolName other : others) {
            if (view.snapshot(held).filter(snapshot -> snapshot.pool().equals(other)).isPresent()
                    || view.deletions(other).stream().anyMatch(deletion -> deletion.snapshot().equals(held))) {
                return true;
            }
        }
        return false;
    }

    private static final class Reading {

        private final CatalogView view;
        private final Map<TrustGroup, List<Root>> roots = new HashMap<>();
        private final Map<ClientName, TrustGroup> groups = new HashMap<>();

        Reading(CatalogView view) {
            this.view = view;
        }

        void add(ClientName client, Root root) throws BackupException {
            TrustGroup group = groups.get(client);
            if (group == null) {
                group = view.client(client).map(Client::trustGroup).orElseThrow(() -> BackupException.corrupt("prune.blind", client.value(),
                        "nothing was pruned: the catalog does not know client " + client + " of snapshot " + root.snapshot()));
                groups.put(client, group);
            }
            roots.computeIfAbsent(group, g -> new ArrayList<>()).add(root);
        }
    }
}
