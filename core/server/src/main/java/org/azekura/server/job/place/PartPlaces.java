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
import org.azekura.engine.plan.PieceWalk;
import org.azekura.engine.plan.RecallPlan;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.job.run.Halt;
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
        Nearest<Map<Integer, RecallPlan.Need>> nearest = nearest(places, places.served(), trees, paths, wanted, owner, PartPlaces::refuse, new Halt());
        return nearest.place().lying(nearest.plan(), wanted, nearest.thawing(), nearest.why());
    }

    /** What is wanted of the nearest place. */
    @FunctionalInterface
    public interface Taker<F> {
        /** @param thawing what lies in its archive; null if it has none */
        F take(SnapshotPlaces.Served place, Thawing thawing);
    }

    /**
     * The nearest place for who reads as he likes; what can't be looked into is left to him.
     *
     * @param paths none for everything
     * @param halt  says when nobody wants to know any more
     */
    public static <F> F nearest(SnapshotPlaces places, List<SnapshotPlaces.Served> served, TreeReader trees, List<RawPath> paths, Client owner, Halt halt, Taker<F> taker)
            throws BackupException {
        Wanted wanted = paths.isEmpty() ? Wanted.all(places.snapshot()) : Wanted.of(trees, places.snapshot(), paths);
        Nearest<Map<Integer, RecallPlan.Need>> nearest = nearest(places, served, trees, paths, wanted, owner, problem -> { }, halt);
        return taker.take(nearest.place(), nearest.thawing());
    }

    private static Nearest<Map<Integer, RecallPlan.Need>> nearest(SnapshotPlaces places, List<SnapshotPlaces.Served> served, TreeReader trees, List<RawPath> paths, Wanted wanted,
            Client owner, Wanted.Unreadable unreadable, Halt halt) throws BackupException {
        return Nearest.of(served, wanted, new Nearest.Planner<>() {
            @Override
            public Map<Integer, RecallPlan.Need> plan(SnapshotPlaces.Served tape) throws BackupException {
                PieceWalk.Locator cartridges = tape.cartridges().locator(owner.trustGroup());
                return Wanted.needs(trees, places.snapshot(), paths, chunks -> {
                    halt.check();
                    return cartridges.locate(chunks);
                }, unreadable);
            }

            @Override
            public Map<Integer, RecallPlan.Need> needs(Map<Integer, RecallPlan.Need> plan) {
                return plan;
            }

            @Override
            public Thawing thawing(SnapshotPlaces.Served archive) throws BackupException {
                return archive.thawing(places, trees, paths, owner.trustGroup(), null, halt);
            }

            @Override
            public void drop(Map<Integer, RecallPlan.Need> plan) {
                // it holds nothing
            }
        });
    }

    private static void refuse(PathProblem problem) throws BackupException {
        throw BackupException.corrupt("tree.unreadable", problem.path().toString(), problem.path() + ": " + problem.reason());
    }
}
