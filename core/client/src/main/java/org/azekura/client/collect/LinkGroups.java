package org.azekura.client.collect;

import java.util.HashMap;
import java.util.Map;
import org.azekura.client.posix.FileStat;

/** Files with several names that were met in this walk, until all of their names were. */
final class LinkGroups {

    /** A file that was met before: what its other names share. {@code size}, {@code unstable}: of what was read */
    record Shared(long group, PendingContent content, long size, boolean unstable) {}

    private record Inode(long device, long inode) {}

    private static final class Met {
        final Shared shared;
        int left;

        Met(Shared shared, int left) {
            this.shared = shared;
            this.left = left;
        }
    }

    private final Map<Inode, Met> met = new HashMap<>();

    /** Null if no other name of this file was met yet. */
    Shared find(FileStat stat) {
        Inode key = new Inode(stat.device(), stat.inode());
        Met found = met.get(key);
        if (found == null) {
            return null;
        }
        if (--found.left <= 0) {
            met.remove(key);
        }
        return found.shared;
    }

    /** Remembers the first name's content for the others. */
    void put(FileStat stat, Shared shared) {
        met.put(new Inode(stat.device(), stat.inode()), new Met(shared, stat.links() - 1));
    }
}
