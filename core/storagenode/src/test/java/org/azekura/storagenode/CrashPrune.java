package org.azekura.storagenode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;

/** A prune as the server does it, order by order, with what it decides. */
final class CrashPrune {

    private final CrashLife life;
    private final CrashModel model;
    private final JobId job;
    private final int livePercent;
    private final Set<PackId> keep = new HashSet<>();

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
        life.server.done(new NodeOrder.BeginPrune(job, CrashLife.POOL));
        // One view of the catalog: both at once.
        List<CrashModel.Saved> roots;
        synchronized (model) {
            roots = model.roots();
            keep.addAll(model.packs.ofUnended());
        }
        for (CrashModel.Saved root : roots) {
            List<ChunkId> missing = life.server.order(new NodeOrder.MarkChunks(job, CrashLife.GROUP, root.chunks()), Answer.Missing.class).chunks();
            if (!missing.isEmpty()) {
                throw new AssertionError("snapshot " + root.id() + " needs chunks that are nowhere: " + missing);
            }
        }
        List<PackId> dead = new ArrayList<>();
        List<PackId> sparse = new ArrayList<>();
        for (Answer.PackUse pack : sweep(life, job)) {
            if (keep.contains(pack.pack()) || pack.pinned() || !pack.whole()) {
                continue;
            }
            if (pack.liveChunks() == 0) {
                dead.add(pack.pack());
            } else if (pack.liveChunks() < pack.chunks() && (livePercent > 100 || pack.liveBytes() * 100 < livePercent * pack.size())) {
                sparse.add(pack.pack());
            }
        }
        drop(dead);
        if (!sparse.isEmpty()) {
            drop(life.server.order(new NodeOrder.RewritePacks(job, sparse), Answer.Packs.class).packs());
        }
        life.server.done(new NodeOrder.EndJob(job));
    }

    static List<Answer.PackUse> sweep(CrashLife life, JobId job) throws BackupException {
        List<Answer.PackUse> all = new ArrayList<>();
        List<Answer.PackUse> page;
        do {
            page = life.server.order(new NodeOrder.SweepPacks(job, all.isEmpty() ? null : all.getLast().pack()), Answer.Swept.class).packs();
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    /** Out of the catalog first, then off the volume. */
    private void drop(List<PackId> packs) throws BackupException {
        if (!packs.isEmpty()) {
            model.packs.forget(packs);
            model.packs.dropped(packs, life.server.order(new NodeOrder.DropPacks(job, packs), Answer.Packs.class).packs());
        }
    }

    /** How much of each pack is alive; nothing goes. */
    static List<Answer.PackUse> dryRun(CrashLife life) throws BackupException {
        CrashPrune prune = new CrashPrune(life, 0);
        life.server.done(new NodeOrder.BeginPrune(prune.job, CrashLife.POOL));
        for (CrashModel.Saved root : life.model.roots()) {
            life.server.order(new NodeOrder.MarkChunks(prune.job, CrashLife.GROUP, root.chunks()), Answer.Missing.class);
        }
        List<Answer.PackUse> use = sweep(life, prune.job);
        life.server.done(new NodeOrder.EndJob(prune.job));
        return use;
    }
}
