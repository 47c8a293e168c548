package org.azekura.server.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.server.host.ConnectedNode;
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
     */
    record Loss(int packs, Map<PoolName, List<SnapshotId>> snapshots) {

        String words() {
            List<String> named = snapshots.values().stream().flatMap(List::stream).distinct().map(SnapshotId::toString).toList();
            return packs + (packs == 1 ? " pack that counts, and " : " packs that count, and ") + (named.isEmpty() ? "no snapshot needs them" : named.size()
                    + (named.size() == 1 ? " snapshot needs" : " snapshots need") + " them: " + String.join(", ", named.subList(0, Math.min(NAMED, named.size())))
                    + (named.size() > NAMED ? " and others" : ""));
        }
    }

    /** What lies there, and nowhere else. */
    Loss loss() throws BackupException {
        int packs = 0;
        Map<PoolName, List<SnapshotId>> snapshots = new LinkedHashMap<>();
        for (Pool each : pools) {
            // where packs lie it may not have heard
            stage.pools().missing(each, node);
            Set<PackId> there = stage.catalog().read(view -> volume.on(view, each.name())).stream().map(Pack::id).collect(Collectors.toSet());
            packs += there.size();
            snapshots.put(each.name(), needing(each, there));
        }
        return new Loss(packs, snapshots);
    }

    private List<SnapshotId> needing(Pool pool, Set<PackId> packs) throws BackupException {
        if (packs.isEmpty()) {
            return List.of();
        }
        ChunkCensus census = new ChunkCensus(stage, pool, node, packs);
        for (Snapshot snapshot : stage.catalog().read(view -> view.snapshotsIn(pool.name()))) {
            census.add(snapshot);
        }
        List<ChunkId> chunks = census.within();
        PackId any = packs.iterator().next();
        return chunks.isEmpty() ? List.of() : new DamageSearch(stage, pool).hits(List.of(new Answer.DamagedPack(any, volume.id(), chunks, List.of(), "given up")))
                .get(any).snapshots();
    }

    /** Says so to its node, then to the catalog; snapshots that lose something are damaged as after a verify. */
    void carryOut(String why, Loss loss) throws BackupException {
        node.ask(new NodeOrder.ForgetVolume(volume.pool(), volume.id(), volume.number()), Answer.Done.class, ConnectedNode.DURABLE);
        stage.catalog().write(edit -> {
            volume.forget(edit, pools, why);
            return null;
        });
        for (Pool each : pools) {
            new DamagedSnapshots(stage.catalog()).remember(each.name(), loss.snapshots().get(each.name()));
            PoolCheckpoint.due(stage.catalog(), each.name());
        }
        if (loss.packs() > 0) {
            record.line(JobLine.Level.WARN, loss.words() + "; they are damaged: the next backup of each save set reads all of it and sends what is lost again");
        }
        if (volume.number() == 1) {
            stage.pools().again(pools.getFirst(), node);
        }
    }
}
