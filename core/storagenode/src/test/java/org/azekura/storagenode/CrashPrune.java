package org.azekura.storagenode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PruneOrder;
import org.azekura.server.prune.PackFate;

/** A prune as the server does it, order by order, with what it decides. */
final class CrashPrune {

    /** How often a prune went on with what the one before had counted. */
    static final AtomicInteger RESUMED = new AtomicInteger();

    private final CrashLife life;
    private final CrashModel model;
    private final JobId job;
    private final int livePercent;
    private final Set<PackId> keep = new HashSet<>();

    /** Roots that an earlier prune has told the node of, and what the node calls what it counted. */
    record Counted(long name, List<CrashModel.Saved> roots) {
        static final Counted NOTHING = new Counted(0, List.of());
    }

    /** @param livePercent packs of which less is alive are rewritten; 101 for all that have anything dead */
    private CrashPrune(CrashLife life, int livePercent) {
        this.life = life;
        this.model = life.model;
        this.job = life.nextJob();
        this.livePercent = livePercent;
    }

    /** Nothing if another one runs. */
    static void run(CrashLife life, int livePercent) throws BackupException {
        if (life.pruning.tryLock()) {
            try {
                new CrashPrune(life, livePercent).run();
            } finally {
                life.pruning.unlock();
            }
        }
    }

    private void run() throws BackupException {
        life.census();
        count();
        List<PackId> dead = new ArrayList<>();
        List<PackId> sparse = new ArrayList<>();
        for (PackAnswer.PackUse pack : sweep(life, job)) {
            switch (PackFate.of(pack, false, keep.contains(pack.pack()), livePercent).action()) {
                case DROPPED -> dead.add(pack.pack());
                case REWRITTEN -> sparse.add(pack.pack());
                case KEPT -> {}
            }
        }
        drop(dead);
        if (!sparse.isEmpty()) {
            drop(life.server.order(new PruneOrder.RewritePacks(job, sparse), PackAnswer.Packs.class).packs());
        }
        life.server.done(new NodeOrder.EndJob(job));
    }

    /** Tells what changed since the prune before in this life; or everything, if the node can't go on with that. */
    private void count() throws BackupException {
        Counted before = life.counted;
        life.counted = Counted.NOTHING;
        try {
            count(before);
        } catch (BackupException e) {
            if (!e.failure().code().equals("prune.recount")) {
                throw e;
            }
            life.server.done(new NodeOrder.EndJob(job));
            keep.clear();
            count(Counted.NOTHING);
        }
    }

    private void count(Counted before) throws BackupException {
        life.server.done(new PruneOrder.BeginPrune(job, CrashLife.POOL, before.name));
        // One view of the catalog: both at once.
        List<CrashModel.Saved> roots;
        synchronized (model) {
            roots = model.roots();
            keep.addAll(model.packs.ofUnended());
        }
        for (CrashModel.Saved root : without(roots, before.roots)) {
            List<ChunkId> missing = life.server.order(new PruneOrder.MarkChunks(job, CrashLife.GROUP, root.chunks()), ChunkAnswer.Missing.class).chunks();
            if (!missing.isEmpty()) {
                throw new AssertionError("snapshot " + root.id() + " needs chunks that are nowhere: " + missing);
            }
        }
        for (CrashModel.Saved root : without(before.roots, roots)) {
            life.server.done(new PruneOrder.UnmarkChunks(job, CrashLife.GROUP, root.chunks()));
        }
        life.server.done(new PruneOrder.KeepCounts(job, job.value()));
        RESUMED.addAndGet(before == Counted.NOTHING ? 0 : 1);
        life.counted = new Counted(job.value(), roots);
    }

    private static List<CrashModel.Saved> without(List<CrashModel.Saved> all, List<CrashModel.Saved> some) {
        Set<CrashModel.Saved> left = new LinkedHashSet<>(all);
        some.forEach(left::remove);
        return List.copyOf(left);
    }

    static List<PackAnswer.PackUse> sweep(CrashLife life, JobId job) throws BackupException {
        List<PackAnswer.PackUse> all = new ArrayList<>();
        List<PackAnswer.PackUse> page;
        do {
            page = life.server.order(new PruneOrder.SweepPacks(job, all.isEmpty() ? null : all.getLast().pack()), PackAnswer.Swept.class).packs();
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    /** Out of the catalog first, then off the volume. */
    private void drop(List<PackId> packs) throws BackupException {
        if (!packs.isEmpty()) {
            model.packs.forget(packs);
            model.packs.dropped(packs, life.server.order(new PruneOrder.DropPacks(job, packs), PackAnswer.Packs.class).packs());
        }
    }

    /** How much of each pack is alive; nothing goes. */
    static List<PackAnswer.PackUse> dryRun(CrashLife life) throws BackupException {
        CrashPrune prune = new CrashPrune(life, 0);
        life.server.done(new PruneOrder.BeginPrune(prune.job, CrashLife.POOL));
        for (CrashModel.Saved root : life.model.roots()) {
            life.server.order(new PruneOrder.MarkChunks(prune.job, CrashLife.GROUP, root.chunks()), ChunkAnswer.Missing.class);
        }
        List<PackAnswer.PackUse> use = sweep(life, prune.job);
        life.server.done(new NodeOrder.EndJob(prune.job));
        return use;
    }
}
