package org.azekura.client.collect;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.azekura.api.RawPath;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.chunk.ChunkNamer;

/** Files with several names that were met in this walk, until all of their names were. One thread. */
final class LinkGroups {

    /** A file that was met before: what its other names share. {@code size}, {@code unstable}: of what was read */
    record Shared(long group, PendingContent content, long size, boolean unstable) {}

    private record Inode(long device, long inode) {}

    private static final class Met {
        final FileStat stat;
        final Shared shared;
        /** Names that were not met yet. */
        int remaining;

        Met(FileStat stat, Shared shared, int remaining) {
            this.stat = stat;
            this.shared = shared;
            this.remaining = remaining;
        }
    }

    private final Map<Inode, Met> met = new HashMap<>();

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
        Inode key = new Inode(stat.device(), stat.inode());
        Met found = met.get(key);
        if (found == null) {
            return null;
        }
        boolean same = found.stat.sameContent(stat);
        if (!same || --found.remaining <= 0) {
            met.remove(key);
        }
        return same ? found.shared : null;
    }

    /** Remembers the first name's content for the others. @param stat when that was read */
    void put(FileStat stat, Shared shared) {
        met.put(new Inode(stat.device(), stat.inode()), new Met(stat, shared, stat.links() - 1));
    }
}
