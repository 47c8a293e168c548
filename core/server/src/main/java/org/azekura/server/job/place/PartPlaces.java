package org.azekura.server.job.place;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.Snapshots;
import org.azekura.engine.plan.Lie;
import org.azekura.engine.plan.NeedCount;
import org.azekura.engine.plan.PieceWalk;
import org.azekura.engine.plan.RecallPlan;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.job.run.Stage;

/**
 * Tells where parts of a snapshot lie that would be restored now. Walks its trees, which are here; asks the node and touches no cartridge.
 *
 * @param stage where all of it is
 */
public record PartPlaces(Stage stage) {

    /** @throws BackupException {@code path.unknown}, {@code key.missing}, {@code node.offline} */
    public List<Snapshots.Lying> of(Snapshot snapshot, List<RawPath> paths) throws BackupException {
        Pool pool = stage.pools().get(snapshot.pool());
        TreeReader trees = SnapshotBrowser.reader(stage.trees(), stage.vault(), pool);
        for (RawPath path : paths) {
            if (!SnapshotBrowser.exists(trees, snapshot.root(), path)) {
                throw BackupException.operator("path.unknown", path.toString(), path + " is not in snapshot " + snapshot.id()
                        + "; \"azekura snapshot ls\" shows what is");
            }
        }
        Client owner = stage.catalog().read(view -> view.client(snapshot.client())).orElseThrow();
        SnapshotPlaces places = new SnapshotPlaces(stage, snapshot, null);
        List<Snapshots.Lying> best = null;
        for (SnapshotPlaces.Served place : places.served()) {
            List<Snapshots.Lying> lying = place.cartridges() == null ? onDevice(places, place.pool(), needs(trees, snapshot, paths, PartPlaces::anywhere))
                    : place.cartridges().lying(places.within(place.pool()), place.node().name(), needs(trees, snapshot, paths, place.cartridges().locator(owner.trustGroup())));
            best = best == null || away(lying) < away(best) ? lying : best;
            if (away(best) == 0) {
                break;
            }
        }
        return best;
    }

    /** Files that wait for cartridges, once for each. */
    public static long away(List<Snapshots.Lying> lying) {
        return lying.stream().filter(one -> !one.there()).mapToLong(Snapshots.Lying::files).sum();
    }

    private List<Snapshots.Lying> onDevice(SnapshotPlaces places, Pool pool, Map<Integer, RecallPlan.Need> needs) throws BackupException {
        String volume = stage.catalog().read(view -> view.volumes()).stream().filter(one -> one.pool().equals(pool.name())).map(Volume::label).findFirst().orElse(null);
        PoolName within = places.within(pool);
        List<Snapshots.Lying> lying = new ArrayList<>();
        needs.values().forEach(need -> lying.add(new Snapshots.Lying(within, pool.node(), volume, null, "device " + pool.device(), true, need.files(), need.bytes())));
        return lying;
    }

    /** A disk has one place. */
    private static Map<ChunkId, Lie> anywhere(List<ChunkId> chunks) {
        Map<ChunkId, Lie> lies = new HashMap<>();
        chunks.forEach(chunk -> lies.put(chunk, new Lie(0, 0, 0, 0)));
        return lies;
    }

    private static Map<Integer, RecallPlan.Need> needs(TreeReader trees, Snapshot snapshot, List<RawPath> paths, PieceWalk.Locator locator) throws BackupException {
        NeedCount needs = new NeedCount();
        new PieceWalk(trees, paths, locator, new PieceWalk.Visitor() {
            @Override
            public void piece(int file, Lie at, RestorePlan.Part part) {
                if (at != null) {
                    needs.add(file, at.cartridge(), part);
                }
            }

            @Override
            public void unreadable(PathProblem problem) throws BackupException {
                throw BackupException.corrupt("tree.unreadable", problem.path().toString(), problem.path() + ": " + problem.reason());
            }
        }).run(snapshot.root());
        return needs.all();
    }
}
