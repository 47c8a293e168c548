package org.azekura.server.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.pool.MediaSets;

/** Snapshots that jobs need which have not ended: what a backup compares with, what a restore reads, what is still to be copied or looked at. */
final class Needs {

    /** Copies that wait may be as many as there are snapshots. */
    private static final int AT_ONCE = 500;

    private final CatalogView view;
    private final List<Snapshot> snapshots;
    private final Set<SnapshotId> ids = new HashSet<>();
    private final List<Hold> holds = new ArrayList<>();

    private Needs(CatalogView view, List<Snapshot> snapshots) {
        this.view = view;
        this.snapshots = snapshots;
        snapshots.forEach(snapshot -> ids.add(snapshot.id()));
    }

    /** Of these. @param snapshots all there are of their clients */
    static List<Hold> of(CatalogView view, List<Snapshot> snapshots) throws BackupException {
        Needs needs = new Needs(view, snapshots);
        for (List<Job> some = view.unendedBehind(null, AT_ONCE); !some.isEmpty(); some = view.unendedBehind(some.getLast().id(), AT_ONCE)) {
            for (Job job : some) {
                needs.add(job);
            }
        }
        return needs.holds;
    }

    private void add(Job job) throws BackupException {
        if (job.holds() != null) {
            add(job, job.holds());
        }
        switch (job.kind()) {
            case RESTORE, COPY, VERIFY -> addOrdered(job);
            default -> { }
        }
    }

    private void addOrdered(Job job) throws BackupException {
        switch (JobCodecs.ORDERS.decode(job.order())) {
            case JobOrder.Restore restore -> add(job, restore.snapshot());
            case JobOrder.Verify verify when verify.snapshot() != null -> add(job, verify.snapshot());
            case JobOrder.Copy copy when copy.snapshot() != null -> add(job, copy.snapshot());
            case JobOrder.Copy copy -> addPool(job, MediaSets.head(view, copy.pool()));
            default -> { }
        }
    }

    /** Everything in it: which of them have a copy there already the job finds out. */
    private void addPool(Job job, PoolName pool) throws BackupException {
        for (Snapshot snapshot : snapshots) {
            if (MediaSets.head(view, snapshot.pool()).equals(pool)) {
                add(job, snapshot.id());
            }
        }
    }

    private void add(Job job, SnapshotId snapshot) {
        if (ids.contains(snapshot)) {
            holds.add(new Hold(snapshot, Instant.EPOCH, null, new Ground(Ground.Kind.USED, "job " + job.id())));
        }
    }
}
