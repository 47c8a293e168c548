package org.azekura.client.posix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A way down from a directory, of any depth, with few open handles: those of the lowest directories are kept, the others are
 * opened anew on the way back, by {@code ..} if that leads where it should, else by walking down again. One thread at a time.
 */
public final class DirectoryPath implements AutoCloseable {

    private static final int KEPT = 24;

    private final List<Level> levels = new ArrayList<>();

    /** @param top closed with this */
    public DirectoryPath(Directory top) {
        levels.add(new Level(null, top, null));
    }

    /** Opens a sub-directory. */
    @FunctionalInterface
    public interface Opening {
        Directory open(Directory parent, byte[] name) throws PosixException;
    }

    private static final class Level {
        final byte[] name;
        final Opening opening;
        Directory directory;
        FileStat stat;

        Level(byte[] name, Directory directory, Opening opening) {
            this.name = name;
            this.directory = directory;
            this.opening = opening;
        }
    }

    /** How many steps below the top this is. */
    public int depth() {
        return levels.size() - 1;
    }

    /** The name of the step to depth {@code depth}, from 1. */
    public byte[] name(int depth) {
        return levels.get(depth).name;
    }

    /** The lowest directory; it stays open until the next step. */
    public Directory current() {
        return levels.getLast().directory;
    }

    /** Goes down; {@code opening} is used again when the handle was closed meanwhile. After a failure nothing has changed. */
    public void down(byte[] name, Opening opening) throws PosixException {
        int far = levels.size() - KEPT;
        if (far > 0) {
            closeHandle(levels.get(far));
        }
        levels.add(new Level(name, opening.open(current(), name), opening));
    }

    private static void closeHandle(Level level) throws PosixException {
        if (level.directory != null) {
            level.stat = level.directory.stat();
            level.directory.close();
            level.directory = null;
        }
    }

    /**
     * Goes up one step.
     *
     * @throws PosixException if the directory above cannot be opened any more; this is above all the same, but {@link #current}
     *                        is null until the next {@link #up} that succeeds
     */
    public void up() throws PosixException {
        try (Directory left = levels.removeLast().directory) {
            Level level = levels.getLast();
            if (level.directory == null) {
                level.directory = above(left, level);
            }
        }
    }

    /** Goes up as far as it must to be on the way to these names, from the top on. */
    public void upToward(List<byte[]> names) throws PosixException {
        int common = 0;
        while (common < names.size() && common < depth() && Arrays.equals(names.get(common), name(common + 1))) {
            common++;
        }
        while (depth() > common || current() == null && depth() > 0) {
            up();
        }
    }

    private Directory above(Directory left, Level level) throws PosixException {
        if (left != null) {
            Directory parent = left.openParent();
            if (parent.stat().sameInode(level.stat)) {
                return parent;
            }
            parent.close();
        }
        return walk(levels.size() - 1);
    }

    private Directory walk(int depth) throws PosixException {
        Directory at = levels.getFirst().directory.reopen();
        for (int i = 1; i <= depth; i++) {
            try (Directory above = at) {
                at = levels.get(i).opening.open(above, levels.get(i).name);
            }
        }
        return at;
    }

    @Override
    public void close() {
        for (Level level : levels) {
            if (level.directory != null) {
                level.directory.close();
            }
        }
        levels.clear();
    }
}
