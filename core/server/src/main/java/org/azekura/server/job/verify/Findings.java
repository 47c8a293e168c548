package org.azekura.server.job.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.ChunkCensus;
import org.azekura.server.job.damage.DamageSearch;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.heal.Healing;
import org.azekura.server.job.heal.Recovery;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.LaidRecords;

/** What is damaged in pools that were looked at: which snapshots and files it hits, as they are told of and remembered, and what of it was healed. One thread. */
final class Findings {

    private static final PackId NOBODYS = new PackId(0, 0);

    private final Stage stage;
    private final JobRecord record;
    private final List<JobResult.Damage> damaged = new ArrayList<>();
    private final List<JobResult.Damage> healed = new ArrayList<>();
    private final List<JobResult.Laid> records = new ArrayList<>();
    private final Healing healing;
    private final Halt halt;

    /** @param halt ends what goes through all snapshots */
    Findings(Stage stage, JobRecord record, Healing healing, Halt halt) {
        this.halt = halt;
        this.stage = stage;
        this.record = record;
        this.healing = healing;
    }

    List<JobResult.Damage> damaged() {
        return damaged;
    }

    List<JobResult.Damage> healed() {
        return healed;
    }

    List<JobResult.Laid> records() {
        return records;
    }

    /** Looks at what lies beside the packs of a pool, and has it laid down anew where it is gone or damaged. */
    void mendRecords(Pool pool, ConnectedNode node) {
        new LaidRecords(stage.catalog(), stage.trees(), stage.vault(), node, pool).mend().forEach(this::laid);
    }

    /** Tells of something that is no pack. */
    void laid(JobResult.Laid one) {
        record.line(one.damaged() ? JobLine.Level.ERROR : JobLine.Level.WARN, one.blob() + " in pool " + one.pool() + ": " + one.what());
        records.add(one);
    }

    /**
     * What was found in a pool of which all that its snapshots need is counted if a pack can't be read.
     *
     * @return how many of them have been dropped meanwhile, and are no damage
     */
    int take(Pool pool, ConnectedNode node, List<PackAnswer.DamagedPack> read) throws BackupException {
        List<PackAnswer.DamagedPack> found = withoutPruned(pool, read);
        int dropped = read.size() - found.size();
        List<ChunkId> lost = List.of();
        if (found.stream().anyMatch(Findings::isUnreadable)) {
            lost = ChunkCensus.ofAll(stage, pool, node, true, halt).lost();
            if (lost.isEmpty()) {
                forget(pool, node, found);
            }
        }
        name(pool, node, withLost(found, lost));
        return dropped;
    }

    /** The same where only what one snapshot needs was looked at. @param lost what it refers to and no pack has */
    int take(Pool pool, ConnectedNode node, List<PackAnswer.DamagedPack> read, List<ChunkId> lost) throws BackupException {
        List<PackAnswer.DamagedPack> found = withoutPruned(pool, read);
        name(pool, node, withLost(found, lost));
        return read.size() - found.size();
    }

    /** Packs that a prune has dropped since they were listed are none. */
    private List<PackAnswer.DamagedPack> withoutPruned(Pool pool, List<PackAnswer.DamagedPack> read) throws BackupException {
        List<PackAnswer.DamagedPack> found = new ArrayList<>();
        for (PackAnswer.DamagedPack pack : read) {
            if (!isUnreadable(pack) || stage.catalog().read(view -> view.pack(pack.pack(), pool.name())).isPresent()) {
                found.add(pack);
            }
        }
        return found;
    }

    /** Packs that can't be read and that nothing needs any more: all that was in them has been sent again. */
    private void forget(Pool pool, ConnectedNode node, List<PackAnswer.DamagedPack> found) throws BackupException {
        for (PackAnswer.DamagedPack pack : List.copyOf(found)) {
            if (isUnreadable(pack)) {
                new Remains(stage, record, pool, node).forget(pack.pack());
                healed.add(new JobResult.Damage(pack.pack(), label(pack.volume()), List.of(), List.of(), pack.what()));
                record.line(JobLine.Level.WARN, pack.what() + "; all that was in it is in other packs");
                found.remove(pack);
            }
        }
    }

    /** Whether the node does not know what was in it. */
    static boolean isUnreadable(PackAnswer.DamagedPack pack) {
        return pack.chunks().isEmpty() && pack.intact().isEmpty();
    }

    /** Chunks that are nowhere were in the packs that the node can't name the chunks of; else in a pack nobody knows. */
    private static List<PackAnswer.DamagedPack> withLost(List<PackAnswer.DamagedPack> found, List<ChunkId> lost) {
        if (lost.isEmpty()) {
            return found;
        }
        List<PackAnswer.DamagedPack> all = new ArrayList<>();
        for (PackAnswer.DamagedPack pack : found) {
            all.add(isUnreadable(pack) ? new PackAnswer.DamagedPack(pack.pack(), pack.volume(), lost, List.of(), pack.what()) : pack);
        }
        if (found.stream().noneMatch(Findings::isUnreadable)) {
            all.add(new PackAnswer.DamagedPack(NOBODYS, new VolumeId(0, 0), lost, List.of(), lost.size() + " chunks are in no pack that is known, "
                    + lost.getFirst() + " among them"));
        }
        return all;
    }

    /** Damage is remembered before anything is healed: who is cut off in between has said too much, not too little. */
    private void name(Pool pool, ConnectedNode node, List<PackAnswer.DamagedPack> found) throws BackupException {
        boolean lost = found.stream().anyMatch(pack -> !pack.chunks().isEmpty());
        List<SnapshotId> looked = lost ? stage.catalog().read(view -> view.snapshotsIn(pool.name())).stream().map(Snapshot::id).toList() : List.of();
        Map<PackId, DamageSearch.Hit> hits = found.isEmpty() ? Map.of() : new DamageSearch(stage, pool).hits(found);
        for (PackAnswer.DamagedPack pack : found) {
            if (!pack.chunks().isEmpty()) {
                new DamagedSnapshots(stage.catalog()).rememberLost(pool.name(), hits.get(pack.pack()).snapshots());
            }
        }
        if (lost) {
            stage.catalog().write(edit -> {
                DamagedSnapshots.doubt(edit, pool.name(), looked);
                return null;
            });
        }
        Map<PackId, List<SnapshotId>> needed = new LinkedHashMap<>();
        found.forEach(pack -> needed.put(pack.pack(), hits.get(pack.pack()).snapshots()));
        Map<PackId, String> mended = healing.run(pool, needed, NOBODYS);
        Set<PackId> known = new Remains(stage, record, pool, node).told(found, mended, healing.hasFetched());
        Set<SnapshotId> whole = new HashSet<>();
        for (PackAnswer.DamagedPack pack : found) {
            DamageSearch.Hit hit = hits.get(pack.pack());
            String from = mended.get(pack.pack());
            if (known.contains(pack.pack())) {
                record.line(JobLine.Level.INFO, pack.what() + "; nothing lacks anything of it, as was told before, and a prune drops it");
                continue;
            }
            String what = from == null ? pack.what() : pack.what() + "; " + from;
            JobResult.Damage told = new JobResult.Damage(pack.pack(), label(pack.volume()), hit.snapshots(), hit.files(), what);
            record.line(from == null ? JobLine.Level.ERROR : JobLine.Level.WARN, what);
            (from == null ? damaged : healed).add(told);
            whole.addAll(from == null ? List.of() : hit.snapshots());
        }
        new Recovery(stage, record, pool, node).run(whole, mended.keySet());
    }

    private String label(VolumeId id) throws BackupException {
        return stage.catalog().read(view -> view.volume(id)).map(Volume::label).orElse(id.toString());
    }
}
