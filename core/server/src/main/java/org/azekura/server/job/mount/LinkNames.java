package org.azekura.server.job.mount;

import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.plan.TreeWalk;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/**
 * How many names each file with several has in a snapshot. No entry says it, so the tree is walked once, when the first of such files is met. One
 * thread.
 */
final class LinkNames {

    /** About 64 MiB. Of files beyond that two names are told. */
    private static final int MAX_GROUPS = 1 << 20;
    private static final int AT_LEAST = 2;

    private final TreeReader trees;
    private final ChunkId root;
    private Map<Long, Integer> counts;

    LinkNames(TreeReader trees, ChunkId root) {
        this.trees = trees;
        this.root = root;
    }

    int names(long group) throws BackupException {
        if (counts == null) {
            counts = new HashMap<>();
            new TreeWalk(trees, new Census()).walk(root);
        }
        return counts.getOrDefault(group, AT_LEAST);
    }

    private final class Census implements TreeWalk.Visitor {

        @Override
        public boolean entry(RawPath path, Entry entry) {
            if (entry.linkGroup() != 0 && (counts.size() < MAX_GROUPS || counts.containsKey(entry.linkGroup()))) {
                counts.merge(entry.linkGroup(), 1, Integer::sum);
            }
            return true;
        }

        @Override
        public void unreadable(PathProblem problem) {
            // whoever goes there is told
        }
    }
}
