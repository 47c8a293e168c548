package org.azekura.engine.plan;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.TreeReader;

/**
 * Walks two snapshots of one pool side by side in tree order, a directory before what is in it, and sees what differs: what both have the same is
 * not read. A tree may be thousands of directories deep, so this keeps a stack of its own; of each directory on the way it holds the
 * next few entries, together at most {@link #MAX_HELD} bytes or so.
 */
public final class PairWalk {

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

    public PairWalk(TreeReader trees, Visitor visitor) {
        this.trees = trees;
        this.visitor = visitor;
    }

    /** What the visitor wants next. */
    public enum Next {
        /** What differs in it, if it is a directory on one side or both. */
        INTO,
        /** Nothing of what is in it. */
        PAST,
        STOP
    }

    /** Sees each pair that differs, and each directory whose tree can't be read. */
    public interface Visitor {

        /** @param before null if there is nothing of this path; then {@code now} is not */
        Next pair(RawPath path, Entry before, Entry now) throws BackupException;

        void unreadable(PathProblem problem) throws BackupException;
    }

    private record Pair(Entry before, Entry now) {

        byte[] name() {
            return (now == null ? before : now).name();
        }
    }

    /** A directory on the way: the pairs that come next, and how to get more. */
    private static final class Level {
        final ChunkId before;
        final ChunkId now;
        final int parentLength;
        final Deque<Pair> next = new ArrayDeque<>();
        byte[] after;
        boolean ended;

        Level(ChunkId before, ChunkId now, int parentLength) {
            this.before = before;
            this.now = now;
            this.parentLength = parentLength;
        }
    }

    /**
     * @param before root of a snapshot, null for nothing at all, like {@code now}
     * @param after  the path seen last, to go on behind it; null from the beginning
     */
    public void walk(ChunkId before, ChunkId now, RawPath after) throws BackupException {
        levels.push(new Level(before, now, 0));
        if (after != null) {
            goBehind(after);
        }
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            if (level.next.isEmpty() && !level.ended) {
                fill(level);
            }
            Pair pair = level.next.poll();
            if (pair != null) {
                if (!visit(pair)) {
                    return;
                }
            } else if (level.ended) {
                path = Arrays.copyOf(path, level.parentLength);
                levels.pop();
            }
        }
    }

    /** What is in the last directory of the path comes first, then what stands behind it in the directories above. */
    private void goBehind(RawPath last) throws BackupException {
        for (byte[] name : last.names()) {
            Level level = levels.peek();
            level.after = name;
            Entry before = level.before == null ? null : trees.find(level.before, name);
            Entry now = level.now == null ? null : trees.find(level.now, name);
            if (!into(new Pair(before, now), name)) {
                return;
            }
        }
    }

    private boolean visit(Pair pair) throws BackupException {
        return switch (visitor.pair(new RawPath(child(pair.name())), pair.before, pair.now)) {
            case INTO -> {
                into(pair, pair.name());
                yield true;
            }
            case PAST -> true;
            case STOP -> false;
        };
    }

    private boolean into(Pair pair, byte[] name) {
        ChunkId before = tree(pair.before);
        ChunkId now = tree(pair.now);
        if (Objects.equals(before, now)) {
            return false;
        }
        levels.push(new Level(before, now, path.length));
        path = child(name);
        return true;
    }

    private static ChunkId tree(Entry entry) {
        return entry != null && entry.content() instanceof Entry.Content.Directory(ChunkId tree) ? tree : null;
    }

    private byte[] child(byte[] name) {
        byte[] child = Arrays.copyOf(path, path.length + 1 + name.length);
        child[path.length] = '/';
        System.arraycopy(name, 0, child, path.length + 1, name.length);
        return child;
    }

    private void fill(Level level) throws BackupException {
        int[] room = {Math.max(1, MAX_HELD / levels.size())};
        boolean[] stopped = new boolean[1];
        try {
            trees.differences(level.before, level.now, level.after, (before, now) -> {
                Pair pair = new Pair(before, now);
                level.next.add(pair);
                level.after = pair.name();
                room[0] -= weight(before) + weight(now);
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
        if (entry == null) {
            return 0;
        }
        int xattrs = entry.xattrs().stream().mapToInt(xattr -> xattr.name().length + xattr.value().length).sum();
        int extents = entry.content() instanceof Entry.Content.Inline inline ? inline.extents().size() * 64 : 0;
        return OVERHEAD + entry.name().length + xattrs + extents;
    }
}
