package org.azekura.client.restore;

import org.azekura.api.Overwrite;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.engine.tree.Entry;

/** What happens to what is in the target already. */
final class Policy {

    private Policy() {}

    /** Why this stays instead of the saved entry; null if it is replaced. */
    static String kept(Overwrite overwrite, FileStat there, Entry entry) {
        String kept = switch (overwrite) {
            case NEVER -> "exists, kept";
            case OLDER -> there.mtime().isBefore(entry.mtime()) ? null : "exists and is not older, kept";
            case ALWAYS -> null;
        };
        return kept == null && there.type() == FileType.DIRECTORY ? "a directory is in the way, kept" : kept;
    }
}
