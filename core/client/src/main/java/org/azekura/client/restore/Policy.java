package org.azekura.client.restore;

import java.time.Instant;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.engine.tree.Entry;

/** What happens to what is in the target already. */
final class Policy {

    private Policy() {}

    /**
     * Why what is there stays instead of the saved entry; null if it is replaced. A directory that is a directory is no such case.
     *
     * @param saved when the saved entry was modified, null if it is a directory that only leads to a root
     * @param path  where below the target it is
     */
    static String kept(Overwrite overwrite, FileStat there, Instant saved, RawPath path) {
        if (saved == null) {
            // Saved only because it led to a root, perhaps over a link: nobody asked for it itself.
            return inTheWay(there.type() == FileType.SYMLINK, path);
        }
        String kept = switch (overwrite) {
            case NEVER -> "exists, kept";
            case OLDER -> there.mtime().isBefore(saved) ? null : "exists and is not older, kept";
            case ALWAYS -> null;
        };
        return kept == null && there.type() == FileType.DIRECTORY ? "a directory is in the way, kept" : kept;
    }

    /** Whether a directory that is there already gets the saved attributes. */
    static boolean changes(Overwrite overwrite, Entry directory) {
        return overwrite != Overwrite.NEVER && directory.mtime() != null;
    }

    /** Says that something that is no directory is where one must be. */
    static String inTheWay(boolean link, RawPath path) {
        return (link ? "the symbolic link " : "") + path + " in the target is in the way";
    }
}
