package org.azekura.server.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PackId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;

/** Reads packs back and compares every checksum; names the snapshots and files that damage hits. Needs no key but for names. */
final class VerifyRun implements Run {

    /** Packs a node reads per order: a cancelled job ends after one. */
    private static final int BATCH = 8;

    private static final PackId NOBODYS = new PackId(0, 0);

    private final Stage stage;
    private final JobRecord record;
    private final List<Pool> pools;
    private final Snapshot only;
    private final List<JobResult.Damage> damaged = new ArrayList<>();
    private final List<JobResult.Damage> healed = new ArrayList<>();
    private int packs;
    private long bytes;
    private volatile BackupException stopped;

    /** @param only null for every pack of the pools, else only the packs this snapshot needs */
    VerifyRun(Stage stage, JobRecord record, List<Pool> pools, Snapshot only) {
        this.stage = stage;
        this.record = record;
        this.pools = pools;
        this.only = only;
    }

    @Override
    public Job carryOut() throws BackupException {
        record.phase("verifying");
        for (Pool pool : pools) {
            verify(pool);
        }
        record.line(damaged.isEmpty() ? JobLine.Level.INFO : JobLine.Level.ERROR, packs + " packs read, " + damaged.size() + " damaged");
        String error = damaged.isEmpty() ? null : damaged.size() + " of " + packs + " packs are damaged";
        return record.settle(damaged.isEmpty() ? healed.isEmpty() ? Job.State.DONE : Job.State.WARNED : Job.State.FAILED, packs, bytes, error,
                new JobResult.Verify(packs, damaged, healed));
    }

    private void verify(Pool pool) throws BackupException {
        ConnectedNode node = stage.hosts().node(pool.node());
        Map<PackId, Pack> known = new HashMap<>();
        stage.catalog().read(view -> {
            view.eachPack(pool.name(), pack -> known.put(pack.id(), pack));
            return null;
        });
        ChunkCensus census = new ChunkCensus(stage, pool, node);
        if (only != null) {
            census.add(only);
        }
        List<Answer.DamagedPack> found = read(pool, node, only == null ? List.copyOf(known.keySet()) : needed(pool, node, census), known);
        if (only == null && found.stream().anyMatch(VerifyRun::isUnreadable)) {
            for (Snapshot snapshot : stage.catalog().read(view -> view.snapshotsIn(pool.name()))) {
                census.add(snapshot);
            }
            if (census.lost().isEmpty()) {
                forget(found);
            }
        }
        name(pool, withLost(found, census.lost()));
    }

    /** Those the snapshot's chunks lie in, and if some lie nowhere, those that are gone: they were in there. */
    private List<PackId> needed(Pool pool, ConnectedNode node, ChunkCensus census) throws BackupException {
        List<PackId> needed = new ArrayList<>(census.packs());
        if (!census.lost().isEmpty()) {
            needed.addAll(stage.pools().missing(pool, node));
        }
        return needed;
    }

    /** Packs that can't be read and that nothing needs any more: all that was in them has been sent again. */
    private void forget(List<Answer.DamagedPack> found) throws BackupException {
        for (Answer.DamagedPack pack : List.copyOf(found)) {
            if (isUnreadable(pack)) {
                stage.catalog().write(edit -> {
                    edit.deletePack(pack.pack(), pack.volume());
                    return null;
                });
                healed.add(new JobResult.Damage(pack.pack(), label(pack.volume()), List.of(), List.of(), pack.what()));
                record.line(JobLine.Level.WARN, pack.what() + "; all that was in it is in other packs");
                found.remove(pack);
            }
        }
    }

    private List<Answer.DamagedPack> read(Pool pool, ConnectedNode node, List<PackId> wanted, Map<PackId, Pack> known)
            throws BackupException {
        List<Answer.DamagedPack> found = new ArrayList<>();
        for (int from = 0; from < wanted.size(); from += BATCH) {
            if (stopped != null) {
                throw stopped;
            }
            List<PackId> batch = wanted.subList(from, Math.min(from + BATCH, wanted.size()));
            found.addAll(node.ask(new NodeOrder.VerifyPacks(record.id(), pool.name(), batch), Answer.Verified.class, Orders.READ).damaged());
            packs += batch.size();
            batch.stream().map(known::get).filter(pack -> pack != null).forEach(pack -> bytes += pack.size());
            record.progress(packs, bytes, 0);
        }
        return found;
    }

    /** Whether the node does not know what was in it. */
    private static boolean isUnreadable(Answer.DamagedPack pack) {
        return pack.chunks().isEmpty() && pack.intact().isEmpty();
    }

    /** Chunks that are nowhere were in the packs that the node can't name the chunks of; else in a pack nobody knows. */
    private static List<Answer.DamagedPack> withLost(List<Answer.DamagedPack> found, List<ChunkId> lost) {
        if (lost.isEmpty()) {
            return found;
        }
        List<Answer.DamagedPack> all = new ArrayList<>();
        for (Answer.DamagedPack pack : found) {
            all.add(isUnreadable(pack) ? new Answer.DamagedPack(pack.pack(), pack.volume(), lost, List.of(), pack.what()) : pack);
        }
        if (found.stream().noneMatch(VerifyRun::isUnreadable)) {
            all.add(new Answer.DamagedPack(NOBODYS, new VolumeId(0, 0), lost, List.of(), lost.size() + " chunks are in no pack that is known, "
                    + lost.getFirst() + " among them"));
        }
        return all;
    }

    private void name(Pool pool, List<Answer.DamagedPack> found) throws BackupException {
        if (found.isEmpty()) {
            return;
        }
        Map<PackId, DamageSearch.Hit> hits = new DamageSearch(stage, pool).hits(found);
        for (Answer.DamagedPack pack : found) {
            DamageSearch.Hit hit = hits.get(pack.pack());
            if (!pack.chunks().isEmpty()) {
                new DamagedSnapshots(stage.catalog()).remember(hit.snapshots());
            }
            damaged.add(new JobResult.Damage(pack.pack(), label(pack.volume()), hit.snapshots(), hit.files(), pack.what()));
            record.line(JobLine.Level.ERROR, pack.what());
        }
    }

    private String label(VolumeId id) throws BackupException {
        return stage.catalog().read(view -> view.volume(id)).map(Volume::label).orElse(id.toString());
    }

    @Override
    public void stop(BackupException why) {
        stopped = why;
    }

    @Override
    public ClientName client() {
        return null;
    }
}
