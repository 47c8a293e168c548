package org.azekura.server.trees;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;

/** Goes through what snapshots refer to, by the clear parts of their tree pages, and tells of it many at once. Needs no key. One thread. */
public final class RefWalk {

    /** As many as a storage node is asked for at once. */
    static final int BATCH = 8192;

    private final TreeStore trees;
    private final IdSet seen;
    private final Met met;
    private final List<ChunkId> open = new ArrayList<>();
    private final Set<ChunkId> batch = new LinkedHashSet<>();

    /** Takes what is met. */
    @FunctionalInterface
    public interface Met {

        /** @param chunks each once, {@value #BATCH} at most; some may come again in a later call */
        void chunks(List<ChunkId> chunks) throws BackupException;
    }

    /** @param seen pages that need not be looked at again, with all below them; gets the others */
    public RefWalk(TreeStore trees, IdSet seen, Met met) {
        this.trees = trees;
        this.seen = seen;
        this.met = met;
    }

    public void run(ChunkId root) throws BackupException {
        take(root, ChunkKind.TREE);
        while (!open.isEmpty()) {
            for (Ref ref : PageRefs.parse(trees.frame(open.removeLast()).clear().duplicate())) {
                take(ref.id(), ref.kind());
            }
            if (batch.size() >= BATCH) {
                tell();
            }
        }
        tell();
    }

    private void take(ChunkId id, ChunkKind kind) {
        if (kind != ChunkKind.TREE) {
            batch.add(id);
        } else if (seen.add(id)) {
            batch.add(id);
            open.add(id);
        }
    }

    private void tell() throws BackupException {
        List<ChunkId> all = List.copyOf(batch);
        batch.clear();
        for (int from = 0; from < all.size(); from += BATCH) {
            met.chunks(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
    }
}
