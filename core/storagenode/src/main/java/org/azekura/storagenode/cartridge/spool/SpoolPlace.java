package org.azekura.storagenode.cartridge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.storagenode.cartridge.blob.Trouble;

/**
 * Where the packs of a pool wait for tape.
 *
 * @param folder of this pool
 * @param bytes  that wait there at most, in both slots; 0: none; less: nobody said how many
 */
record SpoolPlace(Path folder, long bytes, SpoolDisk disk) {

    private static final long LEAST = 256L << 20;
    /** So that a slot holds what a tape takes between two of two stops in 100 GB. */
    private static final long MOST = 100L << 30;

    /** With as many bytes as are sensible on that disk, if nobody said how many. */
    SpoolPlace decided() throws BackupException {
        return bytes >= 0 ? this : new SpoolPlace(folder, usual(), disk);
    }

    private long usual() throws BackupException {
        try {
            // It is made by the journal, which brings its name to the disk.
            Path there = folder;
            while (!Files.isDirectory(there)) {
                there = there.getParent();
            }
            return Math.clamp(Files.getFileStore(there).getUsableSpace() / 10, LEAST, MOST);
        } catch (IOException e) {
            throw Trouble.files(e, folder, "look for the room of a spool");
        }
    }
}
