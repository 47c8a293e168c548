package org.azekura.driver.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a blob under another name first. A hard link gives it its own: unlike a rename it never replaces what is there, and
 * it is as atomic. One that is to replace what is there is renamed.
 */
final class DiskWriter implements BlobWriter {

    /**
     * Largest single file call in bytes: each thread keeps, off the heap, a buffer as large as its largest call with a heap
     * buffer was.
     */
    static final int MAX_CALL = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(DiskWriter.class);

    private final DiskStore store;
    private final String key;
    private final Path draft;
    private final FileChannel channel;
    private final boolean replaces;

    DiskWriter(DiskStore store, String key, Path draft, FileChannel channel, boolean replaces) {
        this.store = store;
        this.key = key;
        this.draft = draft;
        this.channel = channel;
        this.replaces = replaces;
    }

    @Override
    public void write(ByteBuffer bytes) throws BackupException {
        Path root = store.root();
        try {
            int end = bytes.limit();
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + MAX_CALL));
                channel.write(bytes);
                bytes.limit(end);
            }
        } catch (IOException e) {
            throw DiskFault.of(e, root, "write " + key);
        }
    }

    @Override
    public void commit() throws BackupException {
        Path root = store.root();
        Path file = root.resolve(key);
        try {
            channel.force(true);
            place(file);
            Folders.sync(file.getParent());
        } catch (FileAlreadyExistsException e) {
            throw store.exists(key);
        } catch (IOException e) {
            store.folders().forget();
            throw DiskFault.of(e, root, "commit " + key);
        }
        close();
    }

    private void place(Path file) throws IOException {
        store.folders().make(file.getParent());
        try {
            name(file);
        } catch (NoSuchFileException e) {
            // somebody has removed the folder since it was made, or the draft: then it fails again
            store.folders().forget();
            store.folders().make(file.getParent());
            name(file);
        }
    }

    private void name(Path file) throws IOException {
        if (replaces) {
            FileLocks.replace(file, draft);
            return;
        }
        try {
            Files.createLink(file, draft);
        } catch (UnsupportedOperationException e) {
            throw new IOException("its file system has no hard links; use ext4, XFS, Btrfs, ZFS or NFS", e);
        }
    }

    /** What cannot be removed now is removed when the store is opened next. */
    @Override
    public void close() {
        try (channel) {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            LOG.warn("cannot remove the unfinished file {}: {}", draft, DiskFault.reason(e));
        }
    }
}
