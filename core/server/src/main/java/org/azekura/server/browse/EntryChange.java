package org.azekura.server.browse;

import java.util.Arrays;
import java.util.Objects;
import org.azekura.api.server.Snapshots.Change;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.Entry.Content;

/** Tells how two entries of one path differ. */
final class EntryChange {

    private EntryChange() {}

    /** Null if nobody would call it a change: a directory with other entries, another time of the last change of an inode. */
    static Change between(Entry before, Entry now) {
        if (before == null) {
            return Change.ADDED;
        }
        if (now == null) {
            return Change.REMOVED;
        }
        if (before.type() != now.type() || !sameContent(before, now)) {
            return Change.MODIFIED;
        }
        return sameAttributes(before, now) ? null : Change.METADATA;
    }

    private static boolean sameContent(Entry a, Entry b) {
        return switch (a.type()) {
            case FILE -> a.size() == b.size() && sameBytes(a, b);
            case SYMLINK -> Arrays.equals(a.target(), b.target());
            case BLOCK, CHARACTER -> a.major() == b.major() && a.minor() == b.minor();
            case DIRECTORY, FIFO, SOCKET -> true;
        };
    }

    /** Equal bytes may lie in other chunks. Where no hash tells, the time of the last write does. */
    private static boolean sameBytes(Entry a, Entry b) {
        if (a.content().equals(b.content())) {
            return true;
        }
        byte[] hash = hash(a.content());
        byte[] other = hash(b.content());
        return hash != null && other != null ? Arrays.equals(hash, other) : a.mtime().equals(b.mtime()) && (hash == null) != (other == null);
    }

    private static byte[] hash(Content content) {
        return switch (content) {
            case Content.Inline inline -> inline.hash();
            case Content.Paged paged -> paged.hash();
            case Content.None none -> null;
            case Content.Directory directory -> null;
        };
    }

    private static boolean sameAttributes(Entry a, Entry b) {
        return a.mode() == b.mode() && a.uid() == b.uid() && a.gid() == b.gid() && a.user().equals(b.user()) && a.group().equals(b.group())
                && a.xattrs().equals(b.xattrs()) && (a.type() == Entry.Type.DIRECTORY || Objects.equals(a.mtime(), b.mtime()));
    }
}
