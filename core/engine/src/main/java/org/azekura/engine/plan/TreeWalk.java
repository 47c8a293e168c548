package org.azekura.engine.plan;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/**
 * Walks a snapshot in tree order: a directory before what is in it. A tree may be thousands of directories deep, so this keeps a stack of
 * its own; of each directory on the way it holds the next few entries, together at most {@link #MAX_HELD} bytes or so.
 */
public final class TreeWalk {

    private static final int MAX_HELD = 8 << 20;
    private static final int OVERHEAD = 300;

    /** Faults of one page cost what is below it; all others end the walk. */
    private static final Set<String> TREE_FAULTS = Set.of("tree.missing", "tree.corrupt", "frame.corrupt", "chunk.corrupt", "chunk.key",
            "session.unknown");

    private final TreeReader trees;
    private final Visitor visitor;
    private final Deque<Level> levels = new ArrayDeque<>();
    /** The directory that {@link #levels} leads to. */
    private byte[] path = {};

    public TreeWalk(TreeReader trees, Visitor visitor) {
        this.trees = trees;
        this.visitor = visitor;
    }

    /** Sees each entry, and each directory whose tree can't be read. */
    public interface Visitor {

        /** @return whether to go into it, if it is a directory */
        boolean entry(RawPath path, Entry entry) throws BackupException;

        void unreadable(PathProblem problem) throws BackupException;
    }

    /** A directory on the way: the entries that come next, and how to get more. */
    private static final class Level {
        final ChunkId tree;
        final int parentLength;
        final Deque<Entry> next = new ArrayDeque<>();
        byte[] after;
        boolean ended;

        Level(ChunkId tree, int parentLength) {
            this.tree = tree;
            this.parentLength = parentLength;
        }
    }

    public void walk(ChunkId root) throws BackupException {
        levels.push(new Level(root, 0));
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            if (level.next.isEmpty() && !level.ended) {
                fill(level);
            }
            Entry entry = level.next.poll();
            if (entry != null) {
                visit(entry);
            } else if (level.ended) {
                path = Arrays.copyOf(path, level.parentLength);
                levels.pop();
            }
        }
    }

    private void visit(Entry entry) throws BackupException {
        byte[] name = entry.name();
        byte[] child = Arrays.copyOf(path, path.length + 1 + name.length);
        child[path.length] = '/';
        System.arraycopy(name, 0, child, path.length + 1, name.length);
        if (visitor.entry(new RawPath(child), entry) && entry.content() instanceof Entry.Content.Directory(ChunkId below)) {
            levels.push(new Level(below, path.length));
            path = child;
        }
    }

    private void fill(Level level) throws BackupException {
        int[] room = {Math.max(1, MAX_HELD / levels.size())};
        boolean[] stopped = new boolean[1];
        try {
            trees.entries(level.tree, level.after, entry -> {
                level.next.add(entry);
                level.after = entry.name();
                room[0] -= weight(entry);
                stopped[0] = room[0] <= 0;
                return !stopped[0];
            });
            level.ended = !stopped[0];
        } catch (BackupException e) {
            if (!TREE_FAULTS.contains(e.failure().code())) {
                throw e;
            }
            level.ended = true;
            visitor.unreadable(new PathProblem(path.length == 0 ? RawPath.of("/") : new RawPath(path),
                    "what is in this directory can't be read: " + e.getMessage()));
        }
    }

    private static int weight(Entry entry) {
        int xattrs = entry.xattrs().stream().mapToInt(xattr -> xattr.name().length + xattr.value().length).sum();
        int extents = entry.content() instanceof Entry.Content.Inline inline ? inline.extents().size() * 64 : 0;
        return OVERHEAD + entry.name().length + xattrs + extents;
    }
}
