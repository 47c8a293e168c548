package org.azekura.server.job.copy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.lock.OrderedLock;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.place.ServedSets;
import org.azekura.server.job.place.SetRules;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.PackLedger;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.OwedLocks;
import org.azekura.server.pool.PoolCheckpoint;

/**
 * Copies snapshots into another pool's volume, one after the other: asks what is lacking there, has the packs go from node to node, and says that
 * the snapshot has a copy when nothing is lacking any more. Needs no key. What has arrived is never sent again, whatever ends this.
 */
public final class CopyRun implements Run {

    /** So often a snapshot is looked at again because something was found damaged where it is copied to. */
    private static final int TRIES = 3;

    private final Stage stage;
    private final JobRecord record;
    private final Pool named;
    private final Pool meant;
    /** Null for all. */
    private final Snapshot only;
    private final List<JobResult.LeftOut> left = new ArrayList<>();
    private final List<JobResult.Damage> damaged = new ArrayList<>();
    private final List<Pool> replicas = new ArrayList<>();
    private final List<Job> next = new ArrayList<>();
    private Pool from;
    private Pool to;
    private volatile Pool replica;
    private CopyPass pass;
    /** How often something had been found damaged there when the pass was asked last that has not been asked again since. */
    private long damages;
    private CopyLink link;
    private int packs;
    private long bytes;
    private final Halt halt = new Halt();
    private final Mending mending;

    /** Repairs what the copy finds damaged where it copies from. */
    public interface Mending extends CopyPass.Repair {

        /** Whether what nodes write just now is written by this; then {@link #packWritten} is told of it. */
        boolean isWriting();

        void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException;
    }

    /**
     * @param only    null: all of the pool, set by set, but for closed ones that are away
     * @param mending made for this job, with what has it stop
     */
    public CopyRun(Stage stage, JobRecord record, Pool from, Pool to, Snapshot only, Function<Halt, Mending> mending) {
        this.stage = stage;
        this.record = record;
        this.named = from;
        this.meant = to;
        this.only = only;
        this.mending = mending.apply(halt);
    }

    @Override
    public Job carryOut() throws BackupException {
        record.phase("preparing");
        to = new SetRules(stage, record).before(stage.pools().sets().open(meant));
        List<Pool> sets = only == null ? stage.catalog().read(view -> MediaSets.of(view, named)) : List.of(named);
        for (Pool source : new ServedSets(stage, record).readable(sets)) {
            from = source;
            copyAll();
            damaged.addAll(pass.damaged());
        }
        return settle();
    }

    private void copyAll() throws BackupException {
        LostPacks alarm = new LostPacks(stage);
        stage.pools().require(from, alarm);
        stage.pools().require(to, alarm);
        for (Pool side : List.of(from, to)) {
            stage.pools().look(side, stage.hosts().node(side.node()), alarm);
        }
        replica = stage.pools().replicas().ensure(from, to, alarm);
        link = new CopyLink(record, stage.hosts().node(from.node()), from.name(), stage.hosts().node(to.node()), replica.name());
        pass = new CopyPass(stage, link, from, halt, mending, ArchiveReads.asking(stage, record));
        replicas.add(replica);
        countEarlier();
        try {
            link.begin();
            record.phase("copying");
            copyWhatIsThere();
        } finally {
            link.end();
        }
        new PoolCheckpoint(stage.catalog(), stage.trees(), stage.vault(), link.taker(), replica.name()).writeIfDue()
                .ifPresent(why -> record.line(JobLine.Level.WARN, why));
    }

    /** @throws BackupException {@link Obstacle#MISSING} if some lie on cartridges that are away, or {@link Obstacle#ARCHIVED} if in an archive, behind all others */
    private void copyWhatIsThere() throws BackupException {
        BackupException away = null;
        for (Snapshot snapshot : wanted()) {
            halt.check();
            try {
                copy(snapshot);
            } catch (BackupException e) {
                if (!e.failure().code().equals(Obstacle.MISSING) && !e.failure().code().equals(Obstacle.ARCHIVED)) {
                    throw e;
                }
                record.line(JobLine.Level.WARN, "snapshot " + snapshot.id() + " waits: " + e.getMessage());
                away = away == null ? e : away;
            }
        }
        if (away != null) {
            throw away;
        }
    }

    /** What earlier attempts have written. */
    private void countEarlier() throws BackupException {
        int[] number = new int[1];
        long[] size = new long[1];
        stage.catalog().read(view -> {
            view.eachPack(replica.name(), pack -> {
                if (record.id().equals(pack.job())) {
                    number[0]++;
                    size[0] += pack.size();
                }
            });
            return null;
        });
        count(number[0], size[0]);
    }

    private synchronized void count(int more, long size) {
        packs += more;
        bytes += size;
        record.progress(packs, bytes, bytes);
    }

    /** Oldest first; those that have no whole copy there, and, of all, in no set before it either. */
    private List<Snapshot> wanted() throws BackupException {
        return stage.catalog().read(view -> {
            Set<SnapshotId> there = new HashSet<>();
            for (Replica each : view.replicas()) {
                boolean counts = only == null ? isBeside(view, each) : each.name().equals(replica.name());
                if (counts) {
                    view.copiesIn(each.name()).stream().filter(copy -> !copy.damaged()).forEach(copy -> there.add(copy.snapshot()));
                }
            }
            List<Snapshot> all = only == null ? view.snapshotsIn(from.name()) : List.of(only);
            return all.stream().filter(snapshot -> !there.contains(snapshot.id())).toList();
        });
    }

    /** Whether it holds copies of the same in a set of the same pool. */
    private boolean isBeside(CatalogView view, Replica each) throws BackupException {
        return each.of().equals(from.name()) && MediaSets.head(view, each.within()).equals(MediaSets.head(view, to.name()));
    }

    private void copy(Snapshot snapshot) throws BackupException {
        SnapshotId id = snapshot.id();
        // It may be deleted meanwhile: what is looked for must not go then.
        if (record.hold(view -> view.snapshot(id).map(Snapshot::id).orElse(null)) == null) {
            leave(id, "it was deleted before its turn came");
            return;
        }
        String problem = problem(snapshot);
        if (problem != null) {
            leave(id, problem);
        }
    }

    /** @return why it has no copy, null if it has one */
    private String problem(Snapshot snapshot) throws BackupException {
        for (int i = 0; i < TRIES; i++) {
            long now = stage.catalog().read(view -> DamagedSnapshots.counted(view, replica.name()));
            if (now != damages) {
                pass.forget();
                damages = now;
            }
            String problem = pass.run(snapshot);
            if (problem != null) {
                return problem;
            }
            Outcome outcome = commit(snapshot.id());
            if (outcome != Outcome.DOUBTFUL) {
                return outcome == Outcome.THERE ? null : "it was deleted while it was copied";
            }
        }
        return "something was found damaged where it is copied to, " + TRIES + " times while it was copied; the next copy looks again";
    }

    private void leave(SnapshotId id, String why) {
        left.add(new JobResult.LeftOut(id, why));
        record.line(JobLine.Level.WARN, "snapshot " + id + " has no copy: " + why);
    }

    private enum Outcome {
        THERE, GONE,
        /** Something was found damaged there since it was asked what is there. */
        DOUBTFUL
    }

    private Outcome commit(SnapshotId id) throws BackupException {
        // What was answered as present stays as long as the connections that it was answered on.
        if (stage.hosts().node(to.node()) != link.taker()) {
            throw BackupException.network("node.offline", to.node().value(), "storage node " + to.node() + " left while the job ran", null);
        }
        Snapshot whole = stage.catalog().read(view -> view.snapshot(id)).orElse(null);
        if (whole == null) {
            return Outcome.GONE;
        }
        link.taker().ask(new PoolOrder.StoreManifest(record.id(), replica.name(), id, whole.manifest()), Answer.Done.class, ConnectedNode.DURABLE);
        Outcome outcome = stage.catalog().write(edit -> {
            if (edit.snapshot(id).isEmpty()) {
                return Outcome.GONE;
            }
            if (DamagedSnapshots.counted(edit, replica.name()) != damages) {
                return Outcome.DOUBTFUL;
            }
            edit.putCopy(new SnapshotCopy(id, replica.name(), record.id(), stage.clock().instant(), false));
            OrderedLock.put(edit, to.name()).ifPresent(next::add);
            return Outcome.THERE;
        });
        if (outcome == Outcome.THERE) {
            record.line(JobLine.Level.INFO, "snapshot " + id + " has a copy in pool " + to.name() + " on storage node " + to.node());
        } else if (outcome == Outcome.GONE || stage.catalog().read(view -> view.copies(id)).stream().noneMatch(copy -> copy.replica().equals(replica.name()))) {
            link.taker().ask(new PoolOrder.RemoveManifest(replica.name(), id), Answer.Done.class, ConnectedNode.DURABLE);
        }
        return outcome;
    }

    private Job settle() throws BackupException {
        List<SnapshotId> done = new ArrayList<>();
        for (Pool each : replicas) {
            stage.catalog().read(view -> view.copiesIn(each.name())).stream().filter(copy -> copy.job().equals(record.id())).map(SnapshotCopy::snapshot)
                    .forEach(done::add);
        }
        record.line(JobLine.Level.INFO, done.size() + " snapshots copied with " + packs + " packs, " + bytes + " bytes; " + left.size() + " not");
        boolean whole = left.isEmpty() && damaged.isEmpty();
        return record.settle(whole ? Job.State.DONE : Job.State.WARNED, packs, bytes, null,
                new JobResult.Copy(done, packs, bytes, List.copyOf(left), List.copyOf(damaged)));
    }

    @Override
    public List<Job> next() {
        return next;
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }

    @Override
    public void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException {
        if (mending.isWriting()) {
            mending.packWritten(node, written);
            return;
        }
        // One that was there before counts as locked, and so does the manifest of what needs it: nobody else would come to it.
        boolean again = stage.catalog().read(view -> view.pack(written.pack(), replica.name())).isPresent();
        PackLedger.enter(stage.catalog(), replica.name(), node, written, edit -> {
            if (again) {
                OwedLocks.owe(edit, replica.name(), written.pack());
            }
        });
        count(1, written.size());
    }
}
