package org.azekura.storagenode.cartridge.spool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
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

    /** Whether there may be packs. */
    boolean isThere() {
        return Files.isDirectory(folder);
    }

    /** Makes the folder, if it is not there; then its name is durable. */
    void make() throws IOException {
        make(folder);
    }

    /** A folder is as lasting as its name in the one above. */
    private void make(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            make(wanted.getParent());
            Files.createDirectories(wanted);
            disk.force(wanted.getParent());
        }
    }

    /** Deletes the folder with all that is in it, if it is there. */
    void delete() throws BackupException {
        if (!isThere()) {
            return;
        }
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw Trouble.files(e, folder, "delete the packs of a pool that is gone");
        }
    }

    private long usual() throws BackupException {
        try {
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
