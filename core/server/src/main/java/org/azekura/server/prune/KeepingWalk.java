package org.azekura.server.prune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.trees.TreeMarks;
import org.azekura.server.trees.TreeStore;

/**
 * Keeps the tree pages of pools that are not pruned themselves, though their pages lie in the same store: marks what is alive and was not counted when
 * such a pool was pruned last. What the pool's node has counted stays as it is, so these marks are apart, and last until the next prune.
 */
public final class KeepingWalk {

    /** Lets a walk be ended. */
    @FunctionalInterface
    public interface Check {
        void check() throws BackupException;
    }

    private final TreeStore trees;
    private final TreeMarks marks;
    private final LiveCounts counts;
    private final Check check;
    private final Set<SessionId> sessions = new HashSet<>();

    public KeepingWalk(TreeStore trees, TreeMarks marks, LiveCounts counts, Check check) {
        this.trees = trees;
        this.marks = marks;
        this.counts = counts;
        this.check = check;
    }

    /** @throws BackupException {@code prune.blind} if a page can't be read */
    public void keep(PoolName pool, LiveRoots live) throws BackupException {
        PoolCounts counted = counts.keeping(pool, marks);
        sessions.addAll(counted.sessions());
        for (Map.Entry<TrustGroup, List<LiveRoots.Root>> group : live.roots().entrySet()) {
            int number = counted.number(group.getKey());
            for (LiveRoots.Root root : group.getValue()) {
                check.check();
                walk(root, number);
            }
        }
    }

    private void walk(LiveRoots.Root root, int number) throws BackupException {
        List<ChunkId> open = new ArrayList<>();
        meet(root.tree(), number, open);
        while (!open.isEmpty()) {
            ChunkId page = open.removeLast();
            try {
                Frame frame = trees.frame(page);
                sessions.add(frame.header().session());
                for (Ref ref : PageRefs.parse(frame.clear().duplicate())) {
                    if (ref.kind() == ChunkKind.TREE) {
                        meet(ref.id(), number, open);
                    }
                }
            } catch (BackupException e) {
                throw LiveWalk.blind(page, root, e);
            }
        }
    }

    /** Below a page that is counted, everything is. */
    private void meet(ChunkId page, int number, List<ChunkId> open) {
        if (marks.count(page, number) == 0 && marks.mark(page, LiveCounts.KEEPING)) {
            open.add(page);
        }
    }

    /** Sessions that sealed the pages met, and those that were counted. */
    public Set<SessionId> sessions() {
        return sessions;
    }
}
