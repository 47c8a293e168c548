package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.format.Sha256;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.ManifestTurn;

/** The manifests that lie on the volume of a pool, or are to: the catalog has all of them, byte for byte. */
record LaidManifests(CatalogStore catalog, Pool pool, ConnectedNode node) {

    /** Those of all snapshots there. */
    List<SnapshotId> all() throws BackupException {
        return catalog.read(view -> view.replica(pool.name()).isPresent() ? view.copiesIn(pool.name()).stream().map(SnapshotCopy::snapshot).toList()
                : view.snapshotsIn(pool.name()).stream().map(Snapshot::id).toList());
    }

    /** Those of which the volume lacks anything, with what it is. */
    List<PoolAnswer.Difference> differing() throws BackupException {
        List<PoolAnswer.Difference> differing = new ArrayList<>();
        List<SnapshotId> all = all();
        for (int at = 0; at < all.size(); at += HealOrder.MAX_MANIFESTS) {
            List<SnapshotId> some = all.subList(at, Math.min(all.size(), at + HealOrder.MAX_MANIFESTS));
            List<HealOrder.Manifest> asked = catalog.read(view -> hashes(view, some));
            if (!asked.isEmpty()) {
                differing.addAll(node.ask(new HealOrder.CheckManifests(pool.name(), asked), PoolAnswer.Differing.class, ConnectedNode.DURABLE).manifests());
            }
        }
        return differing;
    }

    private static List<HealOrder.Manifest> hashes(CatalogView view, List<SnapshotId> some) throws BackupException {
        List<HealOrder.Manifest> hashes = new ArrayList<>();
        for (SnapshotId id : some) {
            Optional<Snapshot> snapshot = view.snapshot(id);
            if (snapshot.isPresent()) {
                hashes.add(new HealOrder.Manifest(id, Sha256.of(snapshot.get().manifest())));
            }
        }
        return hashes;
    }

    /** Writes one again, in the place of whatever is there. @return false if its snapshot is deleted */
    boolean lay(SnapshotId id) throws BackupException {
        try (ManifestTurn.Taken _ = node.manifests(pool.name()).take()) {
            Optional<Snapshot> snapshot = catalog.read(view -> view.snapshot(id));
            if (snapshot.isPresent()) {
                node.ask(new PoolOrder.StoreManifest(null, pool.name(), id, snapshot.get().manifest()), Answer.Done.class, ConnectedNode.DURABLE);
            }
            return snapshot.isPresent();
        }
    }
}
