package org.azekura.server.job.recycle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.damage.Surrenders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.ForgottenVolume;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.SetDesk;

/**
 * A closed media set none of whose cartridges is in its library, and which its node can't open. A cartridge of it is given up by the catalog alone: with the last
 * the set is no place any more, and goes when its snapshots are deleted. If another of them turns up before, the node takes this one for a member again.
 *
 * @param pools whose packs may lie there: the set, and replicas in it
 */
record LostSet(Stage stage, ForgottenVolume volume, List<Pool> pools) {

    /**
     * That of a volume; empty if its node has it open.
     *
     * @throws BackupException why it can't, if something of it is there, or it is the open one
     */
    static Optional<LostSet> of(Stage stage, ForgottenVolume volume) throws BackupException {
        Pool pool = stage.pools().get(volume.pool());
        SetDesk sets = stage.pools().sets();
        if (!sets.isVoid(pool)) {
            try {
                stage.pools().require(pool, new LostPacks(stage));
                return Optional.empty();
            } catch (BackupException e) {
                if (!e.failure().code().equals("pool.offline") || volume.volume() == null || sets.isOpen(pool) || !sets.isAway(pool)) {
                    throw e;
                }
            }
        }
        return Optional.of(new LostSet(stage, volume, stage.pools().onMediaOf(pool)));
    }

    /**
     * What would go: without its node nobody can say which snapshots need the packs that lie there, and so all of the set may. Where no pack lies none goes, unless nothing of
     * the set is left then.
     */
    Surrendering.Loss loss() throws BackupException {
        return stage.catalog().read(view -> {
            int packs = 0;
            for (Pool each : pools) {
                packs += volume.on(view, each.name()).size();
            }
            boolean needed = packs > 0 || isLast(view);
            Map<PoolName, List<SnapshotId>> snapshots = new HashMap<>();
            Map<PoolName, Set<SnapshotId>> all = new HashMap<>();
            for (Pool each : pools) {
                Set<SnapshotId> there = view.snapshotsIn(each.name()).stream().map(Snapshot::id).collect(Collectors.toSet());
                snapshots.put(each.name(), needed ? there.stream().sorted().toList() : List.of());
                all.put(each.name(), there);
            }
            return new Surrendering.Loss(packs, snapshots, all);
        });
    }

    private boolean isLast(CatalogView view) throws BackupException {
        return view.volumes().stream().noneMatch(one -> one.pool().equals(volume.pool()) && one.isInSet() && !one.id().equals(volume.id()));
    }

    /** Gives it up. Copies in a set that nothing lies on any more are none, and are made again elsewhere. */
    void carryOut(String why, Surrendering.Loss loss) throws BackupException {
        stage.catalog().write(edit -> {
            volume.forget(edit, pools, why);
            boolean none = MediaSets.isVoid(edit, pools.getFirst());
            for (Pool each : pools) {
                if (none && edit.replica(each.name()).isPresent()) {
                    for (SnapshotCopy copy : edit.copiesIn(each.name())) {
                        edit.deleteCopy(copy.snapshot(), each.name());
                    }
                }
                DamagedSnapshots.rememberLost(edit, each.name(), loss.snapshots().get(each.name()));
                Surrenders.end(edit, volume, each.name());
            }
            return null;
        });
    }
}
