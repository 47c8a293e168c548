package org.azekura.server.job.rebuild;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.Orders;
import org.azekura.server.trees.IdSet;
import org.azekura.server.trees.TreeStore;

/**
 * Finds out whether everything that snapshots refer to is there, by the clear parts of tree pages, without a key. A page below which all is
 * there is not looked at again. What it found stays, once the store is {@linkplain TreeStore#settle settled}.
 */
final class SnapshotAudit {

    static final int BATCH = 8192;

    private final TreeStore trees;
    private final ConnectedNode node;
    private final PoolName pool;
    private final Halt halt;
    private final Map<TrustGroup, IdSet> sound = new HashMap<>();

    SnapshotAudit(TreeStore trees, ConnectedNode node, PoolName pool, Halt halt) {
        this.trees = trees;
        this.node = node;
        this.pool = pool;
        this.halt = halt;
    }

    /** What is not there of a snapshot, one line; null if all is. */
    String missing(ChunkId root, TrustGroup group) throws BackupException {
        Walk walk = new Walk(group, sound.computeIfAbsent(group, g -> new IdSet()));
        try {
            walk.run(root);
        } catch (Incomplete e) {
            return e.getMessage();
        }
        walk.keep();
        return null;
    }

    private static final class Incomplete extends Exception {

        private static final long serialVersionUID = 1;

        Incomplete(String what) {
            super(what);
        }
    }

    /** One snapshot; what it found is true for others only if it found all. */
    private final class Walk {

        private final TrustGroup group;
        private final IdSet known;
        private final IdSet seen = new IdSet();
        private final List<ChunkId> pages = new ArrayList<>();
        private final List<ChunkId> open = new ArrayList<>();
        private final List<ChunkId> batch = new ArrayList<>();

        Walk(TrustGroup group, IdSet known) {
            this.group = group;
            this.known = known;
        }

        void run(ChunkId root) throws BackupException, Incomplete {
            page(root);
            while (!open.isEmpty()) {
                halt.check();
                for (Ref ref : refs(open.removeLast())) {
                    if (ref.kind() == ChunkKind.TREE) {
                        page(ref.id());
                    } else {
                        batch.add(ref.id());
                    }
                }
                if (batch.size() >= BATCH) {
                    locate();
                }
            }
            locate();
        }

        private void page(ChunkId id) {
            if (!known.contains(id) && seen.add(id)) {
                pages.add(id);
                open.add(id);
                batch.add(id);
            }
        }

        private List<Ref> refs(ChunkId page) throws BackupException, Incomplete {
            try {
                List<Ref> refs = PageRefs.parse(trees.frame(page).clear().duplicate());
                trees.rely(page); // here, and a prune that is about to give it up leaves it
                return refs;
            } catch (BackupException e) {
                if (TreeStore.isOfOthers(e)) {
                    throw e; // it may be there
                }
                throw new Incomplete("tree page " + page + " can't be read: " + e.getMessage());
            }
        }

        private void locate() throws BackupException, Incomplete {
            for (int from = 0; from < batch.size(); from += BATCH) {
                List<ChunkId> asked = List.copyOf(batch.subList(from, Math.min(from + BATCH, batch.size())));
                List<ChunkId> missing = node.ask(new ChunkOrder.LocateChunks(pool, group, asked), ChunkAnswer.Located.class, Orders.PROMPT).missing();
                if (!missing.isEmpty()) {
                    throw new Incomplete("chunk " + missing.getFirst() + (missing.size() > 1 ? " and others are" : " is") + " not on the volume");
                }
            }
            batch.clear();
        }

        void keep() {
            pages.forEach(known::add);
        }
    }
}
