package org.azekura.client.collect;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.azekura.api.RawPath;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.chunk.ChunkNamer;

/** Files with several names that were met in this walk, until all of their names were. There may be many millions. One thread. */
final class LinkGroups {

    /** A file that was met before: what its other names share. {@code size}, {@code unstable}: of what was read */
    record Shared(long group, PendingContent content, long size, boolean unstable) {}

    private final InodeTable inodes = new InodeTable();
    private long[] marks = {};
    private long[] groups = {};
    private long[] sizes = {};
    /** Names that were not met yet. */
    private int[] remaining = {};
    private boolean[] unstable = {};
    private PendingContent[] contents = {};

    /**
     * A number for all names of a file, the same whenever nothing has changed. The path alone would not do: a file keeps its number
     * as long as it is unchanged, and by then another one may have taken that path.
     *
     * @param path under which it is met first
     */
    static long name(ChunkNamer namer, RawPath path, FileStat stat) {
        byte[] bytes = path.bytes();
        ByteBuffer named = ByteBuffer.allocate(bytes.length + 1 + 2 * Long.BYTES + Integer.BYTES);
        named.put(bytes).put((byte) 0).putLong(stat.inode()).putLong(stat.ctimeSecond()).putInt(stat.ctimeNano());
        return namer.linkGroup(named.array());
    }

    /** Null if no other name of this file was met yet, or the file is no longer what it was then: changed, or another one in its inode. */
    Shared find(FileStat stat) {
        int row = inodes.find(stat.device(), stat.inode());
        if (row < 0) {
            return null;
        }
        Shared shared = marks[row] == mark(stat) ? new Shared(groups[row], contents[row], sizes[row], unstable[row]) : null;
        if (shared == null || --remaining[row] <= 0) {
            inodes.remove(row);
            contents[row] = null;
        }
        return shared;
    }

    /** Remembers the first name's content for the others. @param stat when that was read */
    void put(FileStat stat, Shared shared) {
        int found = inodes.find(stat.device(), stat.inode());
        int row = found < 0 ? inodes.add(stat.device(), stat.inode()) : found;
        if (row >= contents.length) {
            grow(inodes.capacity());
        }
        marks[row] = mark(stat);
        groups[row] = shared.group;
        sizes[row] = shared.size;
        remaining[row] = stat.links() - 1;
        unstable[row] = shared.unstable;
        contents[row] = shared.content;
    }

    private void grow(int rows) {
        marks = Arrays.copyOf(marks, rows);
        groups = Arrays.copyOf(groups, rows);
        sizes = Arrays.copyOf(sizes, rows);
        remaining = Arrays.copyOf(remaining, rows);
        unstable = Arrays.copyOf(unstable, rows);
        contents = Arrays.copyOf(contents, rows);
    }

    /** Other after every change, but for one chance in 2^64: all that {@link FileStat#sameContent} compares, in one number. */
    private static long mark(FileStat stat) {
        long mark = stat.type().ordinal();
        mark = mix(mark + stat.size());
        mark = mix(mark + stat.mtimeSecond());
        mark = mix(mark + stat.mtimeNano());
        mark = mix(mark + stat.ctimeSecond());
        return mix(mark + stat.ctimeNano());
    }

    /** The last steps of SplitMix64: every bit of the result depends on every bit. */
    private static long mix(long from) {
        long bits = from + 0x9e3779b97f4a7c15L;
        bits = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
        return bits ^ bits >>> 31;
    }
}
