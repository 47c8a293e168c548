package org.azekura.driver.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import org.azekura.api.device.BlobKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of blobs in the making. A file is locked while somebody writes it, so that opening a store clears away what a
 * killed run left, but not what another device or process on the same folder is writing now.
 */
final class Unfinished {

    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);

    private final Path folder;

    Unfinished(Path root) {
        folder = root.resolve(BlobKeys.DRAFTS);
    }

    /** A new file and the only channel to it. */
    record Draft(Path file, FileChannel channel) {}

    Draft create() throws IOException {
        Folders.create(folder);
        Path file = folder.resolve(UUID.randomUUID().toString());
        FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                Folders.mode("rw-------"));
        lock(channel);
        return new Draft(file, channel);
    }

    /** Removes what nobody writes any more. A file that can't be removed does no harm: it is named in the log. */
    void clear() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                clear(file);
            }
        } catch (IOException e) {
            LOG.warn("cannot look for unfinished files in {}: {}", folder, DiskFault.reason(e));
        }
    }

    private static void clear(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (lock(channel)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.warn("cannot remove the unfinished file {}: {}", file, DiskFault.reason(e));
        }
    }

    /** False if another process, or another store of this one, holds the lock. It goes with the channel. */
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
