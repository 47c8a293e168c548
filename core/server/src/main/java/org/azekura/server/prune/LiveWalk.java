package org.azekura.server.prune;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.trees.TreeMarks;
import org.azekura.server.trees.TreeStore;

/**
 * Goes through the trees of one pool by the clear parts of their pages, counts what refers to each page, and names the chunks that gain or lose a
 * reference. A page is read when it gets its first reference from something alive, and when it loses its last: a page that stays alive is not
 * read again. A page's own chunk is named once, others once for each live page that refers to them.
 */
public final class LiveWalk {

    /** Chunks named at once: half a mebibyte. */
    static final int BATCH = 1 << 14;

    private final TreeStore trees;
    private final TreeMarks marks;
    private final PoolCounts counts;
    private long pages;
    private long named;

    /** @param counts of the pool; if a walk fails, they are worth nothing */
    public LiveWalk(TreeStore trees, TreeMarks marks, PoolCounts counts) {
        this.trees = trees;
        this.marks = marks;
        this.counts = counts;
    }

    /** Takes what is told. */
    @FunctionalInterface
    public interface Sink {

        /** @param snapshot the one whose tree they were met in; others may need them too */
        void named(LiveRoots.Root snapshot, List<ChunkId> chunks) throws BackupException;
    }

    /** Pages read so far. */
    public long pages() {
        return pages;
    }

    /** Chunks named so far. */
    public long named() {
        return named;
    }

    /**
     * These roots of one trust group have come. The sink is told of each chunk as often as one more refers to it.
     *
     * @throws BackupException {@code prune.blind} if a page can't be read: nobody knows what lives below it; or what the sink throws
     */
    public void come(TrustGroup group, List<LiveRoots.Root> roots, Sink sink) throws BackupException {
        int number = counts.number(group);
        for (LiveRoots.Root root : roots) {
            walk(root, page -> marks.mark(page, number), 1, sink);
        }
    }

    /**
     * These have gone. The sink is told of each chunk as often as one less refers to it.
     *
     * @throws BackupException {@code prune.recount} if counts are in doubt or a page can't be read; or what the sink throws
     */
    public void go(TrustGroup group, List<LiveRoots.Root> roots, Sink sink) throws BackupException {
        int number = counts.number(group);
        for (LiveRoots.Root root : roots) {
            walk(root, page -> unmark(page, number), -1, sink);
        }
    }

    private boolean unmark(ChunkId page, int number) throws BackupException {
        if (marks.count(page, number) == 0) {
            throw recount("tree page " + page + " was not counted");
        }
        return marks.unmark(page, number);
    }

    private static BackupException recount(String why) {
        return BackupException.operator("prune.recount", "", "what was counted before can't be gone on with, count everything: " + why);
    }

    /** Whether to go on below a page. */
    private interface Turn {
        boolean turns(ChunkId page) throws BackupException;
    }

    private void walk(LiveRoots.Root root, Turn turn, int by, Sink sink) throws BackupException {
        List<ChunkId> open = new ArrayList<>();
        List<ChunkId> batch = new ArrayList<>();
        if (turn.turns(root.tree())) {
            open.add(root.tree());
            batch.add(root.tree());
        }
        while (!open.isEmpty()) {
            for (Ref ref : refs(root, open.removeLast(), by)) {
                if (ref.kind() != ChunkKind.TREE) {
                    batch.add(ref.id());
                } else if (turn.turns(ref.id())) {
                    open.add(ref.id());
                    batch.add(ref.id());
                }
            }
            if (batch.size() >= BATCH) {
                tell(root, batch, sink);
            }
        }
        tell(root, batch, sink);
    }

    private void tell(LiveRoots.Root root, List<ChunkId> batch, Sink sink) throws BackupException {
        named += batch.size();
        for (int from = 0; from < batch.size(); from += BATCH) {
            sink.named(root, List.copyOf(batch.subList(from, Math.min(batch.size(), from + BATCH))));
        }
        batch.clear();
    }

    private List<Ref> refs(LiveRoots.Root root, ChunkId page, int by) throws BackupException {
        try {
            Frame frame = trees.frame(page);
            counts.sealed(frame.header().session(), by);
            pages++;
            return PageRefs.parse(frame.clear().duplicate());
        } catch (BackupException e) {
            throw by < 0 ? recount(e.getMessage()) : blind(page, root, e);
        }
    }

    static BackupException blind(ChunkId page, LiveRoots.Root root, BackupException why) {
        return BackupException.corrupt("prune.blind", page.toString(), "nothing was pruned, for nobody knows what snapshot " + root.snapshot()
                + " needs: " + why.getMessage() + "; delete that snapshot if it is not wanted any more");
    }
}
