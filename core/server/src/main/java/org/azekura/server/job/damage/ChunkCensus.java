package org.azekura.server.job.damage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.trees.IdSet;
import org.azekura.server.trees.RefWalk;

/** Where the chunks of snapshots lie, and which are nowhere: marked by the clear parts of tree pages, without a key. */
public final class ChunkCensus {

    private static final int MAX_ATTEMPTS = 10;

    private final Stage stage;
    private final Pool pool;
    private final ConnectedNode node;
    private final Set<PackId> packs = new LinkedHashSet<>();
    private final IdSet lost = new IdSet();
    /** Those of them that are to be named, each once. */
    private final List<ChunkId> named = new ArrayList<>();
    private final boolean names;
    private final Halt halt;
    /** Pages alone: chunks of data may be many more than there is room for. */
    private final Map<TrustGroup, IdSet> seen = new HashMap<>();
    private final Set<PackId> wanted;
    /** Null: it counts where chunks lie; else a copy of this job is asked which of them can be read. */
    private final JobId reads;
    private final IdSet within = new IdSet();

    public ChunkCensus(Stage stage, Pool pool, ConnectedNode node) {
        this(stage, pool, node, Set.of(), null, true, new Halt());
    }

    /** @param wanted packs whose chunks are kept */
    public ChunkCensus(Stage stage, Pool pool, ConnectedNode node, Set<PackId> wanted) {
        this(stage, pool, node, wanted, null, false, new Halt());
    }

    private ChunkCensus(Stage stage, Pool pool, ConnectedNode node, Set<PackId> wanted, JobId reads, boolean names, Halt halt) {
        this.names = names;
        this.halt = halt;
        this.wanted = wanted;
        this.reads = reads;
        this.stage = stage;
        this.pool = pool;
        this.node = node;
    }

    /**
     * One that takes what was found damaged for lost as well, and does not say where anything lies.
     *
     * @param job that the node was told of as the taking side of a copy into this pool
     */
    public static ChunkCensus ofSound(Stage stage, Pool pool, ConnectedNode node, JobId job) {
        return new ChunkCensus(stage, pool, node, Set.of(), job, true, new Halt());
    }

    /**
     * That of all snapshots of the pool. One that is deleted while they are counted may lose its chunks to a prune: so they are counted anew.
     *
     * @param names whether those that are lost can be {@link #lost named}: that takes some hundred bytes each, and a volume may have had millions
     * @param halt  ends it
     */
    public static ChunkCensus ofAll(Stage stage, Pool pool, ConnectedNode node, boolean names, Halt halt) throws BackupException {
        for (int attempt = 1;; attempt++) {
            halt.check();
            ChunkCensus census = new ChunkCensus(stage, pool, node, Set.of(), null, names, halt);
            List<Snapshot> before = stage.catalog().read(view -> view.snapshotsIn(pool.name()));
            BackupException failure = census.addAll(before);
            Set<SnapshotId> there = new HashSet<>();
            stage.catalog().read(view -> view.snapshotsIn(pool.name())).forEach(snapshot -> there.add(snapshot.id()));
            boolean steady = before.stream().allMatch(snapshot -> there.contains(snapshot.id()));
            if (steady && failure == null) {
                return census;
            }
            if (failure != null && (steady || attempt == MAX_ATTEMPTS)) {
                throw failure;
            }
            if (attempt == MAX_ATTEMPTS) {
                throw BackupException.operator("verify.busy", pool.name().value(), "snapshots of pool " + pool.name() + " were deleted " + attempt
                        + " times while its chunks were counted; try again when that is over");
            }
        }
    }

    /** @return why they could not all be counted, null if they were */
    private BackupException addAll(List<Snapshot> snapshots) {
        try {
            for (Snapshot snapshot : snapshots) {
                add(snapshot);
            }
            return null;
        } catch (BackupException e) {
            return e;
        }
    }

    /** The packs that the snapshots counted so far need. */
    public List<PackId> packs() {
        return List.copyOf(packs);
    }

    /** Chunks in the packs that were wanted to which the snapshots counted so far refer. */
    public IdSet within() {
        return within;
    }

    /** Chunks that the snapshots counted so far refer to and no pack has. */
    public List<ChunkId> lost() {
        if (!names && lost.size() > 0) {
            throw new IllegalStateException("they were not named");
        }
        return Collections.unmodifiableList(named);
    }

    /** The same, in what room there is for many. */
    public IdSet lostIds() {
        return lost;
    }

    /** Counts one more snapshot; what lies below a page of an earlier one of the same trust group is not asked for again. */
    public void add(Snapshot snapshot) throws BackupException {
        halt.check();
        TrustGroup group = stage.catalog().read(view -> view.client(snapshot.client())).map(Client::trustGroup).orElseThrow();
        new RefWalk(stage.trees(), seen.computeIfAbsent(group, g -> new IdSet()), chunks -> locate(group, chunks)).run(snapshot.root());
    }

    private void locate(TrustGroup group, List<ChunkId> chunks) throws BackupException {
        halt.check();
        if (reads != null) {
            lose(node.ask(new ChunkOrder.CheckChunks(reads, pool.name(), group, chunks), ChunkAnswer.Missing.class, Orders.PROMPT).chunks());
            return;
        }
        ChunkAnswer.Located located = node.ask(new ChunkOrder.LocateChunks(pool.name(), group, chunks), ChunkAnswer.Located.class, Orders.PROMPT);
        for (ChunkAnswer.ChunkPlace place : located.places()) {
            packs.add(place.pack());
            if (wanted.contains(place.pack())) {
                within.add(place.chunk());
            }
        }
        lose(located.missing());
    }

    private void lose(List<ChunkId> missing) {
        for (ChunkId chunk : missing) {
            if (lost.add(chunk) && names) {
                named.add(chunk);
            }
        }
    }
}
