package org.azekura.server.job.prune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.place.ServedSets;
import org.azekura.server.job.recycle.Recycling;
import org.azekura.server.job.restore.RestorePoints;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.OtherJobs;
import org.azekura.server.job.run.PackLedger;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.MediaDesk;
import org.azekura.server.pool.LeftManifests;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.PoolCheckpoint;
import org.azekura.server.prune.KeepingWalk;
import org.azekura.server.prune.LiveCounts;
import org.azekura.server.prune.LiveRoots;
import org.azekura.server.prune.PruneTally;
import org.azekura.server.trees.TreeMarks;

/**
 * Returns the space of what nothing alive needs: packs on the volumes, tree pages here, session keys. Needs no key. Whatever step it is
 * killed behind, nothing alive is gone, and the next one does what is left. One at a time.
 */
public final class PruneRun implements Run {

    private final Stage stage;
    private final JobRecord record;
    private final List<Pool> meant;
    private final ServedSets sets;
    /** Those that were pruned. */
    private final List<Pool> pools = new ArrayList<>();
    private final boolean dryRun;
    private final boolean early;
    private final OtherJobs others;
    private final LiveCounts counts;
    private final PruneTally tally = new PruneTally();
    private volatile PoolName current;
    /** Whose quota counts what is rewritten now, null if nobody's. */
    private volatile ClientName owner;
    private final Halt halt = new Halt();

    public PruneRun(Stage stage, JobRecord record, List<Pool> pools, JobOrder.Prune order, OtherJobs others, LiveCounts counts) {
        this.stage = stage;
        this.record = record;
        this.meant = pools;
        this.sets = new ServedSets(stage, record);
        this.dryRun = order.dryRun();
        this.early = order.early();
        this.others = others;
        this.counts = counts;
    }

    @Override
    public Job carryOut() throws BackupException {
        long pages = 0;
        try (TreeMarks marks = stage.trees().marks(this::unended)) {
            counts.check(marks, stage.pools().withReplicas(stage.pools().list()).stream().map(Pool::name).collect(Collectors.toSet()));
            // Of a job that goes on nobody knows which pages it brought before. In this order: one that begins to go on in between has its pages
            // marked, one that ends in between is among the snapshots read below.
            others.pages(marks::touch);
            boolean hidden = others.reliesOnEarlierPages();
            List<IdleSessions> sessions = new ArrayList<>();
            for (Pool pool : sets.writable(meant)) {
                current = pool.name();
                try {
                    sessions.add(prune(pool, marks));
                    pools.add(pool);
                } catch (BackupException e) {
                    leave(pool, e);
                }
            }
            if (!dryRun && hidden) {
                record.line(JobLine.Level.INFO, "tree pages stay this time: a backup that was cut off is to go on");
            } else if (!dryRun) {
                record.phase("dropping tree pages");
                Set<SessionId> met = new HashSet<>(keepOthers(marks));
                // sets of one pool have pages in common, and whoever came first has sealed them
                sessions.forEach(idle -> met.addAll(idle.sealing()));
                pages = marks.compact(Pool.LIVE_PERCENT);
                stage.allowances().forget();
                for (IdleSessions idle : sessions) {
                    halt.check();
                    idle.forget(met, marks);
                }
            }
        }
        if (dryRun) {
            for (Pool pool : pools) {
                halt.check();
                new Recycling(stage, record, halt).run(pool, true);
            }
        } else {
            int restores = RestorePoints.forgetUseless(stage.catalog());
            if (restores > 0) {
                record.line(JobLine.Level.INFO, restores + " restores that did not come to their end can't be resumed any more: their snapshots were deleted");
            }
            new PruneEnd(stage.catalog(), pools, halt, new Steps()).run();
            expire();
        }
        return settle(tally.result(dryRun, pages));
    }

    /** Of all servers: those of others are in the catalog alone. */
    private Set<JobId> unended() throws BackupException {
        return stage.catalog().read(view -> view.jobs(true)).stream().filter(job -> job.kind() == Job.Kind.BACKUP || job.kind() == Job.Kind.REBUILD)
                .map(Job::id).collect(Collectors.toSet());
    }

    private IdleSessions prune(Pool pool, TreeMarks marks) throws BackupException {
        if (!dryRun) {
            stage.pools().look(pool, stage.hosts().node(pool.node()), new LostPacks(stage));
            new LeftManifests(stage.catalog(), stage.hosts().node(pool.node()), pool.name()).remove();
        }
        return new PoolPrune(stage, record, pool, dryRun, early, tally, halt, client -> owner = client).run(counts, marks);
    }

    /** A closed set whose cartridge was taken out before anybody looked keeps nobody from pruning the others; the next prune does what is left there. */
    private void leave(Pool set, BackupException why) throws BackupException {
        halt.check();
        boolean lacks = List.of(Obstacle.MISSING, MediaDesk.NONE).contains(why.failure().code());
        if (!lacks || stage.pools().sets().isOpen(set)) {
            throw why;
        }
        sets.leave(set, why.getMessage());
    }

    /**
     * The pages of every pool lie in one store: those of pools that are not pruned are alive as well.
     *
     * @return who sealed those
     */
    private Set<SessionId> keepOthers(TreeMarks marks) throws BackupException {
        KeepingWalk walk = new KeepingWalk(stage.trees(), marks, counts, halt::check);
        for (Pool pool : stage.catalog().read(MediaSets::all)) {
            if (pools.stream().noneMatch(pruned -> pruned.name().equals(pool.name()))) {
                walk.keep(pool.name(), stage.catalog().read(view -> LiveRoots.of(view, pool.name(), record.id())));
            }
        }
        return walk.sessions();
    }

    /** Closed media sets on which nothing is needed go as a whole, wherever their cartridges are. */
    private void expire() throws BackupException {
        for (Pool pool : stage.pools().sets().withVoid(meant)) {
            halt.check();
            try {
                stage.pools().sets().expire(pool, record.id(), stage.clock()::hasPassed).ifPresent(freed -> record.line(JobLine.Level.INFO, "media set " + pool.name()
                        + " has expired as a whole; " + freed.size() + " cartridges are scratch"));
            } catch (BackupException e) {
                record.line(JobLine.Level.WARN, "media set " + pool.name() + " stays for now: " + e.getMessage());
            }
        }
    }

    private Job settle(JobResult.Prune result) throws BackupException {
        for (JobResult.Reason reason : result.reasons()) {
            record.line(JobLine.Level.INFO, reason.packs() + " packs " + (dryRun ? "would be " : "") + reason.action() + ", "
                    + reason.bytes() + " bytes, " + reason.live() + " of them alive: " + reason.why());
        }
        record.line(JobLine.Level.INFO, (dryRun ? "a dry run: " : "") + result.freed() + " bytes freed, " + result.written()
                + " written anew, " + result.pages() + " tree pages dropped");
        return record.settle(Job.State.DONE, result.packs(), result.freed(), null, result);
    }

    private final class Steps implements PruneEnd.Steps {

        @Override
        public boolean isClosed(Pool pool) throws BackupException {
            return !stage.pools().sets().isOpen(pool);
        }

        @Override
        public void write(Pool pool) throws BackupException {
            try {
                new PoolCheckpoint(stage.catalog(), stage.trees(), stage.vault(), stage.hosts().node(pool.node()), pool.name()).writeAfterRemoval()
                        .ifPresent(why -> record.line(JobLine.Level.WARN, why));
            } catch (BackupException e) {
                record.line(JobLine.Level.WARN, "pool " + pool.name() + " has no checkpoint of what was dropped before the next backup: " + e.getMessage());
            }
        }

        @Override
        public void recycle(Pool pool) throws BackupException {
            current = pool.name();
            try {
                new Recycling(stage, record, halt).run(pool, false);
            } catch (BackupException e) {
                halt.check();
                record.line(JobLine.Level.WARN, "cartridges stay in pool " + pool.name() + " for now: " + e.getMessage());
                throw e;
            }
        }
    }

    @Override
    public void stop(BackupException why) {
        halt.say(why);
    }

    @Override
    public void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException {
        PackLedger.enter(stage.catalog(), current, node, written, owner, null);
        tally.written(written.size());
    }
}
