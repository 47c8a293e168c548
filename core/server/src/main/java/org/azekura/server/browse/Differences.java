package org.azekura.server.browse;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.server.Snapshots.Change;
import org.azekura.api.server.Snapshots.Difference;
import org.azekura.engine.plan.PairWalk;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/** Collects a page of what differs. */
final class Differences implements PairWalk.Visitor {

    private final TreeReader trees;
    private final int limit;
    private final List<Difference> found = new ArrayList<>();

    Differences(TreeReader trees, int limit) {
        this.trees = trees;
        this.limit = limit;
    }

    List<Difference> between(ChunkId before, ChunkId now, RawPath after) throws BackupException {
        new PairWalk(trees, this).walk(before, now, after);
        return found;
    }

    @Override
    public PairWalk.Next pair(RawPath path, Entry before, Entry now) {
        Change change = EntryChange.between(before, now);
        if (change != null) {
            found.add(new Difference(path, change));
        }
        return found.size() < limit ? PairWalk.Next.INTO : PairWalk.Next.STOP;
    }

    /** A list that leaves something out would say that it is the same. */
    @Override
    public void unreadable(PathProblem problem) throws BackupException {
        throw BackupException.corrupt("tree.corrupt", problem.path().toString(), problem.path() + ": " + problem.reason());
    }
}
