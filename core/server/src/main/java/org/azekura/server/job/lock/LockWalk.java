package org.azekura.server.job.lock;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Orders;
import org.azekura.server.trees.IdSet;
import org.azekura.server.trees.TreeStore;

/** Finds the packs of one place that a snapshot needs, by the clear parts of its tree pages. Needs no key. */
final class LockWalk {

    private static final int BATCH = 8192;

    private final TreeStore trees;
    private final ConnectedNode node;
    private final PoolName place;
    private final TrustGroup group;
    private final IdSet seen;
    private final Set<PackId> packs = new LinkedHashSet<>();
    private final List<ChunkId> open = new ArrayList<>();
    private final Set<ChunkId> batch = new LinkedHashSet<>();
    private long missing;

    /** @param seen pages that need not be looked at again, with all below them; gets the others */
    LockWalk(TreeStore trees, ConnectedNode node, PoolName place, TrustGroup group, IdSet seen) {
        this.trees = trees;
        this.node = node;
        this.place = place;
        this.group = group;
        this.seen = seen;
    }

    Set<PackId> run(ChunkId root) throws BackupException {
        take(root, ChunkKind.TREE);
        while (!open.isEmpty()) {
            for (Ref ref : PageRefs.parse(trees.frame(open.removeLast()).clear().duplicate())) {
                take(ref.id(), ref.kind());
            }
            if (batch.size() >= BATCH) {
                locate();
            }
        }
        locate();
        return packs;
    }

    /** Chunks that lie nowhere in this place. */
    long missing() {
        return missing;
    }

    private void take(ChunkId id, ChunkKind kind) {
        if (kind != ChunkKind.TREE) {
            batch.add(id);
        } else if (seen.add(id)) {
            batch.add(id);
            open.add(id);
        }
    }

    private void locate() throws BackupException {
        List<ChunkId> all = List.copyOf(batch);
        batch.clear();
        for (int from = 0; from < all.size(); from += BATCH) {
            ChunkAnswer.Located located = node.ask(new ChunkOrder.LocateChunks(place, group, all.subList(from, Math.min(all.size(), from + BATCH))),
                    ChunkAnswer.Located.class, Orders.PROMPT);
            located.places().forEach(chunk -> packs.add(chunk.pack()));
            missing += located.missing().size();
        }
    }
}
