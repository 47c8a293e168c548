package org.azekura.server.trees;

import java.nio.file.Path;
import org.azekura.api.BackupException;

/** A store that does not wait for the disk, for tests of which each has many. */
public final class QuickTrees {

    private QuickTrees() {}

    public static TreeStore open(Path folder) throws BackupException {
        return TreeStore.open(folder, TreeStore.ROLL_BYTES, channel -> {});
    }
}
