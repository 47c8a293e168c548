package org.azekura.server.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.prune.LiveRoots;
import org.azekura.server.prune.LiveWalk;
import org.azekura.server.prune.PackFate;
import org.azekura.server.prune.PruneTally;

/** Prunes one pool; the order of things is told in {@link org.azekura.server.prune}. */
final class PoolPrune {

    private final Stage stage;
    private final JobRecord record;
    private final Pool pool;
    private final boolean dryRun;
    private final PruneTally tally;
    private final Check check;
    private long lost;

    /** Ends a job that was stopped. */
    @FunctionalInterface
    interface Check {
        void check() throws BackupException;
    }

    /** What one view of the catalog says. */
    private record Moment(LiveRoots live, Set<PackId> unended, List<SessionId> sessions) {}

    PoolPrune(Stage stage, JobRecord record, Pool pool, boolean dryRun, PruneTally tally, Check check) {
        this.stage = stage;
        this.record = record;
        this.pool = pool;
        this.dryRun = dryRun;
        this.tally = tally;
        this.check = check;
    }

    /** @return sessions that may be of no use any more */
    IdleSessions run(LiveWalk walk) throws BackupException {
        ConnectedNode node = stage.hosts().node(pool.node());
        List<PackId> gone = stage.pools().missing(pool, node);
        try {
            node.ask(new NodeOrder.BeginPrune(record.id(), pool.name()), Answer.Done.class, Orders.READ);
            Moment moment = moment();
            mark(node, walk, moment.live());
            List<Answer.PackUse> dead = new ArrayList<>();
            List<Answer.PackUse> sparse = new ArrayList<>();
            sweep(node, moment, dead, sparse);
            if (!dryRun) {
                carryOut(node, gone, dead, sparse);
            }
            return new IdleSessions(stage, pool, node, moment.live(), moment.sessions());
        } finally {
            Parties.release(record, node);
        }
    }

    private void carryOut(ConnectedNode node, List<PackId> gone, List<Answer.PackUse> dead, List<Answer.PackUse> sparse)
            throws BackupException {
        PackDrop drop = new PackDrop(stage.catalog(), pool, node, record.id(), check);
        try {
            drop.forget(gone);
            record.phase("dropping packs");
            drop.drop(dead).forEach((pack, fate) -> tally.add(pool.name(), pack, fate == null ? PackFate.DEAD : fate));
            record.phase("rewriting packs");
            new PackRewrite(record, node, drop, check).rewrite(sparse).forEach((pack, fate) -> tally.add(pool.name(), pack, fate));
        } finally {
            drop.measure();
        }
    }

    private Moment moment() throws BackupException {
        return stage.catalog().read(view -> {
            LiveRoots live = LiveRoots.of(view, pool.name(), record.id());
            Set<PackId> unended = new HashSet<>();
            view.eachPack(pool.name(), pack -> {
                if (pack.job() != null && live.unended().contains(pack.job())) {
                    unended.add(pack.id());
                }
            });
            return new Moment(live, unended, view.sessions(pool.name()));
        });
    }

    private void mark(ConnectedNode node, LiveWalk walk, LiveRoots live) throws BackupException {
        record.phase("marking");
        long began = System.nanoTime();
        long before = walk.named();
        for (Map.Entry<TrustGroup, List<LiveRoots.Root>> group : live.roots().entrySet()) {
            walk.walk(group.getValue(), (snapshot, chunks) -> {
                check.check();
                List<ChunkId> missing = node.ask(new NodeOrder.MarkChunks(record.id(), group.getKey(), chunks), Answer.Missing.class,
                        Orders.PROMPT).chunks();
                if (!missing.isEmpty()) {
                    lost(snapshot, missing);
                }
            });
        }
        record.line(JobLine.Level.INFO, "pool " + pool.name() + ": " + (walk.named() - before) + " chunks marked in "
                + (System.nanoTime() - began) / 1_000_000 + " ms");
        if (lost > 0) {
            record.line(JobLine.Level.WARN, lost + " chunks that snapshots need are in no pack of pool " + pool.name()
                    + "; verify has named those snapshots already");
        }
    }

    /** Who has not been told yet that something is lost must not lose more by what is then believed to be dead. */
    private void lost(LiveRoots.Root root, List<ChunkId> missing) throws BackupException {
        if (!stage.catalog().read(view -> DamagedSnapshots.isDamaged(view, root.snapshot()))) {
            throw BackupException.corrupt("prune.blind", root.snapshot().toString(), "nothing was pruned in pool " + pool.name() + ": snapshot "
                    + root.snapshot() + " needs " + missing.size() + " chunks that are in no pack, like " + missing.getFirst()
                    + "; run \"azekura verify --pool " + pool.name() + "\", which names the files, then prune again");
        }
        lost += missing.size();
    }

    private void sweep(ConnectedNode node, Moment moment, List<Answer.PackUse> dead, List<Answer.PackUse> sparse) throws BackupException {
        record.phase("sweeping");
        PackId after = null;
        while (true) {
            check.check();
            List<Answer.PackUse> page = node.ask(new NodeOrder.SweepPacks(record.id(), after), Answer.Swept.class, Orders.READ).packs();
            if (page.isEmpty()) {
                return;
            }
            for (Answer.PackUse pack : page) {
                PackFate fate = PackFate.of(pack, moment.unended().contains(pack.pack()), pool.livePercent());
                if (dryRun || fate.action() == PackFate.Action.KEPT) {
                    tally.add(pool.name(), pack, fate);
                } else {
                    (fate == PackFate.DEAD ? dead : sparse).add(pack);
                }
            }
            after = page.getLast().pack();
        }
    }
}
