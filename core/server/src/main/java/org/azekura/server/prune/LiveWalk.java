package org.azekura.server.prune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.tree.PageRefs;
import org.azekura.engine.tree.Ref;
import org.azekura.server.trees.TreeMarks;
import org.azekura.server.trees.TreeStore;

/**
 * Goes through trees by the clear parts of their pages, and names every chunk that is alive. Each distinct page is read once for every trust
 * group; a chunk that several pages refer to is named as often. What it remembers of a page are the four bytes of its mark.
 */
public final class LiveWalk {

    /** Chunks named at once: half a mebibyte. */
    static final int BATCH = 1 << 14;

    private final TreeStore trees;
    private final TreeMarks marks;
    private final Set<SessionId> sessions = new HashSet<>();
    private int number;
    private long pages;
    private long named;

    public LiveWalk(TreeStore trees, TreeMarks marks) {
        this.trees = trees;
        this.marks = marks;
    }

    /** Takes what is alive. */
    @FunctionalInterface
    public interface Sink {

        /** @param snapshot the one whose tree they were met in; others may need them too */
        void live(LiveRoots.Root snapshot, List<ChunkId> chunks) throws BackupException;
    }

    /** Sessions that sealed the pages met so far. */
    public Set<SessionId> sessions() {
        return sessions;
    }

    /** Pages met so far. */
    public long pages() {
        return pages;
    }

    /** Chunks named so far. */
    public long named() {
        return named;
    }

    /**
     * Walks from the roots of one trust group.
     *
     * @throws BackupException {@code prune.blind} if a page can't be read: nobody knows what lives below it; or what the sink throws
     */
    public void walk(List<LiveRoots.Root> roots, Sink sink) throws BackupException {
        number++;
        for (LiveRoots.Root root : roots) {
            walk(root, sink);
        }
    }

    private void walk(LiveRoots.Root root, Sink sink) throws BackupException {
        List<ChunkId> open = new ArrayList<>();
        List<ChunkId> batch = new ArrayList<>();
        if (marks.mark(root.tree(), number)) {
            open.add(root.tree());
            batch.add(root.tree());
        }
        while (!open.isEmpty()) {
            for (Ref ref : refs(root, open.removeLast())) {
                if (ref.kind() != ChunkKind.TREE) {
                    batch.add(ref.id());
                } else if (marks.mark(ref.id(), number)) {
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
            sink.live(root, List.copyOf(batch.subList(from, Math.min(batch.size(), from + BATCH))));
        }
        batch.clear();
    }

    private List<Ref> refs(LiveRoots.Root root, ChunkId page) throws BackupException {
        try {
            Frame frame = trees.frame(page);
            sessions.add(frame.header().session());
            pages++;
            return PageRefs.parse(frame.clear().duplicate());
        } catch (BackupException e) {
            throw BackupException.corrupt("prune.blind", page.toString(), "nothing was pruned, for nobody knows what snapshot " + root.snapshot()
                    + " needs: " + e.getMessage() + "; delete that snapshot if it is not wanted any more");
        }
    }
}
