package org.azekura.server.job.prune;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Terms;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PruneOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.place.ArchiveReads;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.DeviceTerms;
import org.azekura.server.pool.PoolCheckpoint;
import org.azekura.server.prune.LiveCounts;
import org.azekura.server.prune.LiveRoots;
import org.azekura.server.prune.LiveWalk;
import org.azekura.server.prune.PackFate;
import org.azekura.server.prune.PoolCounts;
import org.azekura.server.prune.PruneTally;
import org.azekura.server.retention.Unpruned;
import org.azekura.server.trees.TreeMarks;

/** Prunes one pool; the order of things is told in {@link org.azekura.server.prune}. */
final class PoolPrune {

    private static final String RECOUNT = "prune.recount";
    /** So often a pool is counted, with counts of before or from nothing. */
    private static final int MOST_ATTEMPTS = 3;

    private final Stage stage;
    private final JobRecord record;
    private final Pool pool;
    private final boolean dryRun;
    private final boolean early;
    private final PruneTally tally;
    private final Halt halt;
    private final Consumer<ClientName> owner;
    private final SecureRandom names = new SecureRandom();
    private int attempts;
    private long lost;

    /** What one view of the catalog says. */
    private record Moment(LiveRoots live, Set<PackId> unended, List<SessionId> sessions) {}

    /**
     * @param early whether packs go that are paid for still
     * @param owner as in {@link PackRewrite}
     */
    PoolPrune(Stage stage, JobRecord record, Pool pool, boolean dryRun, boolean early, PruneTally tally, Halt halt, Consumer<ClientName> owner) {
        this.stage = stage;
        this.record = record;
        this.pool = pool;
        this.dryRun = dryRun;
        this.early = early;
        this.tally = tally;
        this.halt = halt;
        this.owner = owner;
    }

    /** @return sessions that may be of no use any more */
    IdleSessions run(LiveCounts counts, TreeMarks marks) throws BackupException {
        ConnectedNode node = stage.hosts().node(pool.node());
        PoolCounts earlier = counts.take(pool.name());
        while (true) {
            attempts++;
            try {
                return run(node, gone(node), counts, earlier == null ? counts.begin(pool.name(), marks) : earlier, marks);
            } catch (BackupException e) {
                if (!e.failure().code().equals(RECOUNT) || attempts == MOST_ATTEMPTS) {
                    throw e;
                }
                record.line(JobLine.Level.INFO, "pool " + pool.name() + " is counted from nothing: " + e.getMessage());
                earlier = null;
            }
        }
    }

    /** Rows of packs that were not there before and not behind the look at the rows: one that came back in between has another row, or is there. */
    private List<Pack> gone(ConnectedNode node) throws BackupException {
        List<PackId> missing = stage.pools().missing(pool, node);
        if (missing.isEmpty()) {
            return List.of();
        }
        List<Pack> rows = new ArrayList<>();
        stage.catalog().read(view -> {
            for (PackId pack : missing) {
                view.pack(pack, pool.name()).ifPresent(rows::add);
            }
            return null;
        });
        Set<PackId> still = Set.copyOf(stage.pools().missing(pool, node));
        return rows.stream().filter(row -> still.contains(row.id())).toList();
    }

    /** What ends it early leaves no counts to go on with. Nothing was dropped, nor added up, if that is {@code prune.recount}. */
    private IdleSessions run(ConnectedNode node, List<Pack> gone, LiveCounts all, PoolCounts counts, TreeMarks marks) throws BackupException {
        lost = 0;
        try {
            node.ask(new PruneOrder.BeginPrune(record.id(), pool.name(), counts.name()), Answer.Done.class, Orders.READ);
            Moment moment = moment();
            count(node, new LiveWalk(stage.trees(), marks, counts), counts.change(moment.live()));
            if (lost == 0) {
                counts.keep(name());
                node.ask(new PruneOrder.KeepCounts(record.id(), counts.name()), Answer.Done.class, Orders.PROMPT);
                all.keep(counts);
            }
            List<PackAnswer.PackUse> dead = new ArrayList<>();
            List<PackAnswer.PackUse> sparse = new ArrayList<>();
            sweep(node, moment, dead, sparse);
            if (!dryRun) {
                // as long as something is lost, rows of what is gone say what is to be healed
                carryOut(node, lost == 0 ? gone : List.of(), dead, sparse);
            }
            return new IdleSessions(stage, pool, node, moment.live(), moment.sessions(), counts.sessions());
        } finally {
            Parties.release(record, node);
        }
    }

    private void carryOut(ConnectedNode node, List<Pack> gone, List<PackAnswer.PackUse> dead, List<PackAnswer.PackUse> sparse)
            throws BackupException {
        if (!gone.isEmpty() || !dead.isEmpty() || !sparse.isEmpty()) {
            PoolCheckpoint.due(stage.catalog(), pool.name());
        }
        PackDrop drop = new PackDrop(stage.catalog(), pool, node, record.id(), halt);
        try {
            drop.forgetGone(gone);
            record.phase("dropping packs");
            drop.drop(dead).forEach((pack, fate) -> tally.add(pool.name(), pack, fate == null ? PackFate.DEAD : fate));
            record.phase("rewriting packs");
            new PackRewrite(stage.catalog(), record, node, drop, halt, owner).rewrite(readable(node, sparse)).forEach((pack, fate) -> tally.add(pool.name(), pack, fate));
        } finally {
            drop.measure();
        }
    }

    /** Without what lies in an archive. */
    private List<PackAnswer.PackUse> readable(ConnectedNode node, List<PackAnswer.PackUse> sparse) throws BackupException {
        Set<PackId> there = new HashSet<>(ArchiveReads.leaving(stage, record).readable(pool, node, sparse.stream().map(PackAnswer.PackUse::pack).toList()));
        sparse.stream().filter(pack -> !there.contains(pack.pack())).forEach(pack -> tally.add(pool.name(), pack, PackFate.ARCHIVED));
        return sparse.stream().filter(pack -> there.contains(pack.pack())).toList();
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

    private long name() {
        long name = names.nextLong();
        return name == 0 ? 1 : name;
    }

    /** What came first: so what both have is not taken for dead in between, and its pages are not read. */
    private void count(ConnectedNode node, LiveWalk walk, List<PoolCounts.Change> changes) throws BackupException {
        record.phase("marking");
        long began = System.nanoTime();
        for (PoolCounts.Change change : changes) {
            walk.come(change.group(), change.came(), (snapshot, chunks) -> {
                halt.check();
                List<ChunkId> missing = node.ask(new PruneOrder.MarkChunks(record.id(), change.group(), chunks), ChunkAnswer.Missing.class,
                        Orders.PROMPT).chunks();
                if (!missing.isEmpty()) {
                    lost(node, snapshot, missing);
                }
            });
        }
        for (PoolCounts.Change change : changes) {
            walk.go(change.group(), change.went(), (snapshot, chunks) -> {
                halt.check();
                node.ask(new PruneOrder.UnmarkChunks(record.id(), change.group(), chunks), Answer.Done.class, Orders.PROMPT);
            });
        }
        record.line(JobLine.Level.INFO, "pool " + pool.name() + ": " + walk.named() + " references of " + walk.pages() + " tree pages counted in "
                + (System.nanoTime() - began) / 1_000_000 + " ms");
        if (lost > 0) {
            record.line(JobLine.Level.WARN, lost + " chunks that snapshots need are in no pack of pool " + pool.name()
                    + "; \"azekura verify --pool " + pool.name() + "\" names the files");
        }
    }

    /**
     * Who has not been told yet that something is lost must not lose more by what is then believed to be dead: so whoever comes upon it first sees to that, and goes on.
     * Where nothing goes it is told only.
     */
    private void lost(ConnectedNode node, LiveRoots.Root root, List<ChunkId> missing) throws BackupException {
        if (!dryRun && !isKnown(root)) {
            record.line(JobLine.Level.INFO, "pool " + pool.name() + ": snapshot " + root.snapshot() + " needs what is in no pack; all snapshots are looked through for that");
            new LostPacks(stage).look(pool, node, halt);
            if (!isKnown(root)) {
                throw notFound(root, missing);
            }
        }
        lost += missing.size();
    }

    /** Of one that was deleted, and that a job still holds, there is nobody to tell. */
    private boolean isKnown(LiveRoots.Root root) throws BackupException {
        return stage.catalog().read(view -> view.snapshot(root.snapshot()).isEmpty() || DamagedSnapshots.isDamaged(view, pool.name(), root.snapshot()));
    }

    /** It came back between the two looks: then what was counted until here is too little. */
    private BackupException notFound(LiveRoots.Root root, List<ChunkId> missing) {
        String what = "snapshot " + root.snapshot() + " needs " + missing.size() + " chunks that were in no pack, like " + missing.getFirst();
        return attempts < MOST_ATTEMPTS ? BackupException.operator(RECOUNT, root.snapshot().toString(), what + ", and that are there again")
                : BackupException.corrupt("prune.blind", root.snapshot().toString(), "nothing was pruned in pool " + pool.name() + ": " + what
                        + ", and in some a moment later, time and again; run \"azekura verify --pool " + pool.name() + "\", then prune again");
    }

    /** Packs that it would be no use to ask for: their medium refuses. */
    private Set<PackId> locked() throws BackupException {
        Instant now = stage.clock().instant();
        Set<PackId> locked = new HashSet<>();
        stage.catalog().read(view -> {
            view.eachLocked(pool.name(), (pack, lock) -> {
                if (lock.until().isAfter(now)) {
                    locked.add(pack);
                }
            });
            return null;
        });
        return locked;
    }

    /** Packs that cost the same for some time still, whether they are there or not, with its end. */
    private Map<PackId, Instant> paid(ConnectedNode node) throws BackupException {
        Terms terms = new DeviceTerms(stage.catalog()).ask(pool, node).terms();
        Map<PackId, Instant> paid = new HashMap<>();
        if (!early && terms.paidFor().isPositive()) {
            Instant since = stage.clock().instant().minus(terms.paidFor());
            stage.catalog().read(view -> {
                view.eachPack(pool.name(), pack -> {
                    if (pack.size() > terms.paidAbove() && pack.writtenAt().isAfter(since)) {
                        paid.put(pack.id(), pack.writtenAt().plus(terms.paidFor()));
                    }
                });
                return null;
            });
        }
        return paid;
    }

    private void sweep(ConnectedNode node, Moment moment, List<PackAnswer.PackUse> dead, List<PackAnswer.PackUse> sparse) throws BackupException {
        record.phase("sweeping");
        Set<PackId> locked = locked();
        Map<PackId, Instant> paid = paid(node);
        Instant free = null;
        PackId after = null;
        while (true) {
            halt.check();
            List<PackAnswer.PackUse> page = node.ask(new PruneOrder.SweepPacks(record.id(), after), PackAnswer.Swept.class, Orders.READ).packs();
            if (page.isEmpty()) {
                break;
            }
            for (PackAnswer.PackUse pack : page) {
                PackFate unpaid = PackFate.of(pack, locked.contains(pack.pack()), moment.unended().contains(pack.pack()), pool.livePercent());
                Instant until = paid.get(pack.pack());
                PackFate fate = until == null ? unpaid : unpaid.whilePaid();
                if (fate == PackFate.PAID && (free == null || until.isBefore(free))) {
                    free = until;
                }
                if (dryRun || fate.action() == PackFate.Action.KEPT) {
                    tally.add(pool.name(), pack, fate);
                } else {
                    (fate == PackFate.DEAD ? dead : sparse).add(pack);
                }
            }
            after = page.getLast().pack();
        }
        if (!dryRun) {
            Unpruned.later(stage.catalog(), pool.name(), free);
        }
    }
}
