package org.azekura.server.job.place;

import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Snapshots;
import org.azekura.engine.plan.RecallPlan;
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
        Wanted wanted = Wanted.of(trees, snapshot, paths, PartPlaces::refuse);
        Nearest<Map<Integer, RecallPlan.Need>> nearest = Nearest.of(places.served(), wanted, new Nearest.Planner<>() {
            @Override
            public Map<Integer, RecallPlan.Need> plan(SnapshotPlaces.Served tape) throws BackupException {
                return Wanted.needs(trees, snapshot, paths, tape.cartridges().locator(owner.trustGroup()), PartPlaces::refuse);
            }

            @Override
            public Map<Integer, RecallPlan.Need> needs(Map<Integer, RecallPlan.Need> plan) {
                return plan;
            }

            @Override
            public Thawing thawing(SnapshotPlaces.Served archive) throws BackupException {
                return archive.thawing(places, trees, paths, owner.trustGroup(), null);
            }

            @Override
            public void drop(Map<Integer, RecallPlan.Need> plan) {
                // it holds nothing
            }
        });
        return nearest.place().lying(nearest.plan(), wanted, nearest.thawing(), nearest.why());
    }

    private static void refuse(PathProblem problem) throws BackupException {
        throw BackupException.corrupt("tree.unreadable", problem.path().toString(), problem.path() + ": " + problem.reason());
    }
}
