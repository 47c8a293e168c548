package org.azekura.engine.plan;

import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/** Walks all of one snapshot in tree order, a directory before what is in it: all that differs from nothing. */
public final class TreeWalk {

    private final PairWalk walk;

    public TreeWalk(TreeReader trees, Visitor visitor) {
        walk = new PairWalk(trees, new PairWalk.Visitor() {
            @Override
            public PairWalk.Next pair(RawPath path, Entry before, Entry now) throws BackupException {
                return visitor.entry(path, now) ? PairWalk.Next.INTO : PairWalk.Next.PAST;
            }

            @Override
            public void unreadable(PathProblem problem) throws BackupException {
                visitor.unreadable(problem);
            }
        });
    }

    /** Sees each entry, and each directory whose tree can't be read. */
    public interface Visitor {

        /** @return whether to go into it, if it is a directory */
        boolean entry(RawPath path, Entry entry) throws BackupException;

        void unreadable(PathProblem problem) throws BackupException;
    }

    public void walk(ChunkId root) throws BackupException {
        walk.walk(null, root, null);
    }
}
