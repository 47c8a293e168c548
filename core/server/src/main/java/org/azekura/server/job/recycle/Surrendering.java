package org.azekura.server.job.recycle;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.Answer;
import org.azekura.api.message.VolumeOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.ChunkCensus;
import org.azekura.server.job.damage.DamageSearch;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.damage.Surrenders;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.ForgottenVolume;
import org.azekura.server.pool.PoolCheckpoint;

/**
 * Has a pool go on without a cartridge that an operator gives up. Cut off anywhere, it is done again: what was said once to its node is not said twice.
 *
 * @param pools whose packs may lie there: the volume's own set, and replicas in it; others may be in the vault
 */
record Surrendering(Stage stage, JobRecord record, ForgottenVolume volume, List<Pool> pools, ConnectedNode node) {

    /** More names help nobody in one line. */
    private static final int NAMED = 20;

    /**
     * What would go.
     *
     * @param snapshots that need it, by the pool in which they do
     * @param all       those that were looked at, by their pool
     */
    record Loss(int packs, Map<PoolName, List<SnapshotId>> snapshots, Map<PoolName, Set<SnapshotId>> all) {

        /** Whether anything goes. */
        boolean isAny() {
            return packs > 0 || snapshots.values().stream().anyMatch(needing -> !needing.isEmpty());
        }

        String words() {
            List<String> named = snapshots.values().stream().flatMap(List::stream).distinct().map(SnapshotId::toString).toList();
            String counted = packs == 0 ? "no pack that counts, but " : packs + (packs == 1 ? " pack that counts, and " : " packs that count, and ");
            return counted + (named.isEmpty() ? "no snapshot needs them" : named.size()
                    + (named.size() == 1 ? " snapshot needs " : " snapshots need ") + (packs == 0 ? "it: " : "them: ") + String.join(", ", named.subList(0, Math.min(NAMED, named.size())))
                    + (named.size() > NAMED ? " and others" : ""));
        }
    }

    /** Whether it was begun, and cut off: its node may know already. */
    boolean isBegun() throws BackupException {
        return stage.catalog().read(view -> Surrenders.losing(view, volume, volume.pool())).isPresent();
    }

    /** What lies there, and nowhere else; of one that was begun also what was found then. */
    Loss loss() throws BackupException {
        int packs = 0;
        Map<PoolName, List<SnapshotId>> snapshots = new LinkedHashMap<>();
        Map<PoolName, Set<SnapshotId>> all = new LinkedHashMap<>();
        for (Pool each : pools) {
            all.put(each.name(), stage.catalog().read(view -> there(view, each)));
            // where packs lie it may not have heard
            stage.pools().missing(each, node);
            Set<PackId> there = stage.catalog().read(view -> volume.on(view, each.name())).stream().map(Pack::id).collect(Collectors.toSet());
            packs += there.size();
            Set<SnapshotId> losing = new LinkedHashSet<>(needing(each, there));
            losing.addAll(begun(each));
            snapshots.put(each.name(), List.copyOf(losing));
        }
        return new Loss(packs, snapshots, all);
    }

    /** What was found to lose something when it was begun, and is there still. */
    List<SnapshotId> begun(Pool pool) throws BackupException {
        List<SnapshotId> losing = stage.catalog().read(view -> Surrenders.losing(view, volume, pool.name())).orElse(List.of());
        Set<SnapshotId> there = losing.isEmpty() ? Set.of() : stage.catalog().read(view -> there(view, pool));
        return losing.stream().filter(there::contains).toList();
    }

    private static Set<SnapshotId> there(CatalogView view, Pool pool) throws BackupException {
        return view.snapshotsIn(pool.name()).stream().map(Snapshot::id).collect(Collectors.toSet());
    }

    private List<SnapshotId> needing(Pool pool, Set<PackId> packs) throws BackupException {
        if (packs.isEmpty()) {
            return List.of();
        }
        ChunkCensus census = new ChunkCensus(stage, pool, node, packs);
        for (Snapshot snapshot : stage.catalog().read(view -> view.snapshotsIn(pool.name()))) {
            census.add(snapshot);
        }
        return DamageSearch.needing(stage, pool, census.within(), new Halt());
    }

    /** Gives it up; snapshots that lose something are damaged as after a verify. */
    void carryOut(String why, Loss loss) throws BackupException {
        carryOut(why, loss, () -> node.ask(new VolumeOrder.ForgetVolume(volume.pool(), volume.id(), volume.number()), Answer.Done.class, ConnectedNode.DURABLE));
        if (loss.packs() > 0) {
            record.line(JobLine.Level.WARN, loss.words() + "; they are damaged: the next backup of each save set reads all of it and sends what is lost again");
        }
        if (volume.number() == 1) {
            stage.pools().again(pools.getFirst(), node);
        }
    }

    /** Says to its node that it is given up. */
    @FunctionalInterface
    interface Word {
        void say() throws BackupException;
    }

    /** First the catalog has which snapshots are damaged: once its node knows, nobody can find out any more. */
    void carryOut(String why, Loss loss, Word word) throws BackupException {
        stage.catalog().write(edit -> {
            for (Pool each : pools) {
                Surrenders.begin(edit, volume, each.name(), loss.snapshots().get(each.name()));
                DamagedSnapshots.rememberLost(edit, each.name(), loss.snapshots().get(each.name()));
                PoolCheckpoint.due(edit, each.name());
            }
            return null;
        });
        try {
            word.say();
        } finally {
            if (loss.packs() > 0) {
                doubt(loss);
            }
        }
        stage.catalog().write(edit -> {
            volume.forget(edit, pools, why);
            for (Pool each : pools) {
                Surrenders.end(edit, volume, each.name());
                PoolCheckpoint.due(edit, each.name());
            }
            return null;
        });
    }

    /** Snapshots that came since all were looked at, or are about to, may have found there what is gone now. Nobody looks again: they count as damaged. */
    private void doubt(Loss loss) throws BackupException {
        stage.catalog().write(edit -> {
            for (Pool each : pools) {
                DamagedSnapshots.doubt(edit, each.name(), loss.all().get(each.name()));
            }
            return null;
        });
    }
}
