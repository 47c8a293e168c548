package org.azekura.server.job.place;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Snapshot;
import org.azekura.engine.plan.Lie;
import org.azekura.engine.plan.NeedCount;
import org.azekura.engine.plan.PieceWalk;
import org.azekura.engine.plan.RecallPlan;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.TreeReader;

/**
 * How much is wanted of a snapshot.
 *
 * @param bytes of content
 */
public record Wanted(long files, long bytes) {

    /** At most: holes of files count as well. */
    public static Wanted all(Snapshot snapshot) {
        return new Wanted(snapshot.files(), snapshot.bytes());
    }

    /** What becomes of a folder that can't be looked into. */
    @FunctionalInterface
    interface Unreadable {
        void met(PathProblem problem) throws BackupException;
    }

    /** Walks what is wanted; what can't be looked into is left to who reads it. @param paths empty for everything */
    public static Wanted of(TreeReader trees, Snapshot snapshot, List<RawPath> paths) throws BackupException {
        return of(trees, snapshot, paths, problem -> { });
    }

    static Wanted of(TreeReader trees, Snapshot snapshot, List<RawPath> paths, Unreadable unreadable) throws BackupException {
        return of(needs(trees, snapshot, paths, Wanted::anywhere, unreadable));
    }

    static Wanted of(Map<Integer, RecallPlan.Need> needs) {
        return new Wanted(needs.values().stream().mapToLong(RecallPlan.Need::files).sum(), needs.values().stream().mapToLong(RecallPlan.Need::bytes).sum());
    }

    /** A disk has one place. */
    static Map<ChunkId, Lie> anywhere(List<ChunkId> chunks) {
        Map<ChunkId, Lie> lies = new HashMap<>();
        chunks.forEach(chunk -> lies.put(chunk, new Lie(Cartridges.DISK, 0, 0, 0)));
        return lies;
    }

    /** The same of each cartridge. */
    static SortedMap<Integer, RecallPlan.Need> needs(TreeReader trees, Snapshot snapshot, List<RawPath> paths, PieceWalk.Locator locator, Unreadable unreadable) throws BackupException {
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
                unreadable.met(problem);
            }
        }).run(snapshot.root());
        return needs.all();
    }
}
