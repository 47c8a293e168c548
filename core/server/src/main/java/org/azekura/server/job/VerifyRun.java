package org.azekura.server.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
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

    private final Stage stage;
    private final JobRecord record;
    private final List<Pool> pools;
    private final Snapshot only;
    private final List<JobResult.Damage> damaged = new ArrayList<>();
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
        return record.settle(damaged.isEmpty() ? Job.State.DONE : Job.State.WARNED, packs, bytes, new JobResult.Verify(packs, damaged,
                List.of()));
    }

    private void verify(Pool pool) throws BackupException {
        ConnectedNode node = stage.hosts().node(pool.node());
        Map<PackId, Pack> known = new HashMap<>();
        stage.catalog().read(view -> view.packs(pool.name())).forEach(pack -> known.put(pack.id(), pack));
        List<PackId> wanted = only == null ? List.copyOf(known.keySet()) : new SnapshotPacks(stage, pool, node).of(only);
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
        if (!found.isEmpty()) {
            name(pool, found);
        }
    }

    private void name(Pool pool, List<Answer.DamagedPack> found) throws BackupException {
        DamageSearch search = new DamageSearch(stage, pool);
        Map<PackId, DamageSearch.Hit> hits = search.hits(found);
        for (Answer.DamagedPack pack : found) {
            if (!pack.chunks().isEmpty()) {
                new DamagedSnapshots(stage.catalog()).remember(hits.get(pack.pack()).snapshots());
            }
            DamageSearch.Hit hit = hits.get(pack.pack());
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
