package org.azekura.driver.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;

/**
 * Keeps each blob in a file whose path below the root is its key. Files have the mode 0600, folders 0700. What does not look
 * like a key is not ours: it is neither listed nor touched.
 */
final class DiskStore implements BlobStore, AutoCloseable {

    static final Capabilities CAPABILITIES = new Capabilities(true, true, true, Set.of(BlobLock.Mode.GOVERNANCE));

    private final Path root;
    private final InstantSource clock;
    private final Folders folders;
    private final Unfinished unfinished;
    private volatile boolean closed;

    /** @param root a folder that exists; what an earlier run left unfinished in it is removed */
    DiskStore(Path root) {
        this(root, InstantSource.system());
    }

    /** @param clock by which locks end: that of the host. Whoever sets it is root there, and could lift every lock. */
    DiskStore(Path root, InstantSource clock) {
        this.root = root;
        this.clock = clock;
        folders = new Folders(root);
        unfinished = new Unfinished(root);
        unfinished.clear();
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        if (Files.exists(file(key), NOFOLLOW_LINKS)) {
            throw exists(key);
        }
        return draft(key, false);
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        file(key);
        return draft(key, true);
    }

    private BlobWriter draft(String key, boolean replaces) throws BackupException {
        try {
            Unfinished.Draft draft = unfinished.create();
            return new DiskWriter(this, key, draft.file(), draft.channel(), replaces);
        } catch (IOException e) {
            throw DiskFault.of(e, root, "create " + key);
        }
    }

    /**
     * Opens the file anew: an interrupted thread closes the channel it reads from, and with a shared one everybody else's
     * too. It costs 5 to 10 µs, where reading 256 KiB from the page cache takes 50.
     */
    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        Path file = file(key);
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).isRegularFile()) {
                throw missing(key);
            }
            try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS))) {
                return read(channel, offset, into);
            }
        } catch (IOException e) {
            throw DiskFault.absent(e) ? missing(key) : DiskFault.of(e, root, "read " + key);
        }
    }

    private static int read(FileChannel channel, long offset, ByteBuffer into) throws IOException {
        int begin = into.position();
        int end = into.limit();
        int got = 1;
        while (got > 0 && into.position() < end) {
            into.limit(Math.min(end, into.position() + DiskWriter.MAX_CALL));
            got = channel.read(into, offset + into.position() - begin);
            into.limit(end);
        }
        return into.position() - begin;
    }

    @Override
    public long size(String key) throws BackupException {
        Path file = file(key);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? attributes.size() : -1;
        } catch (IOException e) {
            if (DiskFault.absent(e)) {
                return -1;
            }
            throw DiskFault.of(e, root, "look for " + key);
        }
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        BlobKeys.checkPrefix(prefix);
        requireRoot();
        Path from = root().resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        try {
            Files.walkFileTree(from, new BlobWalk(root, prefix, each));
        } catch (IOException e) {
            throw DiskFault.of(e, root, "list " + (prefix.isEmpty() ? "blobs" : prefix));
        }
    }

    private void requireRoot() throws BackupException {
        if (!Files.isDirectory(root())) {
            throw DiskFault.gone(root);
        }
    }

    @Override
    public void delete(String key) throws BackupException {
        Path file = file(key);
        try {
            if (Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                requireFree(key, file);
                Files.deleteIfExists(file);
            }
            // Also if it was gone: a run that was killed may have removed the name without syncing it.
            Folders.sync(file.getParent());
        } catch (IOException e) {
            if (!DiskFault.absent(e)) {
                throw DiskFault.of(e, root, "delete " + key);
            }
        }
    }

    /** By the clock of this host: whoever sets it is its root, and could lift every lock here. */
    private void requireFree(String key, Path file) throws BackupException, IOException {
        Instant until = FileLocks.until(file);
        if (until != null && until.isAfter(clock.instant())) {
            throw BackupException.operator("blob.locked", key, key + " in " + root + " is locked until " + until + "; nothing was deleted");
        }
        FileLocks.lift(file);
    }

    @Override
    public void extend(String key, BlobLock lock) throws BackupException {
        Path file = file(key);
        if (lock.mode() != BlobLock.Mode.GOVERNANCE) {
            throw BackupException.operator("device.unsupported", root.toString(), "a disk locks in the mode governance: root of its host could lift a lock");
        }
        try {
            if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) {
                throw missing(key);
            }
            FileLocks.extend(file, lock);
        } catch (ImmutableFlag.Refused e) {
            throw BackupException.operator("device.unsupported", root.toString(), "cannot lock files in " + root + ": " + e.getMessage());
        } catch (IOException e) {
            throw DiskFault.absent(e) ? missing(key) : DiskFault.of(e, root, "lock " + key);
        }
    }

    @Override
    public Optional<BlobLock> lock(String key) throws BackupException {
        Path file = file(key);
        try {
            return FileLocks.lock(file, clock.instant());
        } catch (IOException e) {
            throw DiskFault.absent(e) ? missing(key) : DiskFault.of(e, root, "look for the lock of " + key);
        }
    }

    @Override
    public Optional<String> place() throws BackupException {
        try {
            return Optional.of(DiskPlace.of(root()));
        } catch (IOException e) {
            throw DiskFault.absent(e) ? DiskFault.gone(root) : DiskFault.of(e, root, "tell which folder this is");
        }
    }

    @Override
    public void remake(String place) throws BackupException {
        if (!place().equals(Optional.of(place))) {
            throw BackupException.media("volume.missing", root.toString(), root + " is not the folder that it was, nor where that was; mount or connect its disk", null);
        }
        try {
            Folders.create(root());
            Folders.sync(root().getParent());
            folders.forget();
        } catch (IOException e) {
            throw DiskFault.of(e, root, "make the folder");
        }
    }

    @Override
    public Space space() throws BackupException {
        try {
            FileStore disk = Files.getFileStore(root());
            return new Space(disk.getTotalSpace(), disk.getUsableSpace());
        } catch (IOException e) {
            throw DiskFault.of(e, root, "ask for the free space");
        }
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** @throws BackupException {@code device.closed} */
    Path root() throws BackupException {
        if (closed) {
            throw DiskFault.closed(root);
        }
        return root;
    }

    /** @throws BackupException {@code blob.key}, {@code device.closed} */
    private Path file(String key) throws BackupException {
        BlobKeys.check(key);
        return root().resolve(key);
    }

    Folders folders() {
        return folders;
    }

    BackupException exists(String key) {
        return BackupException.operator("blob.exists", key, "the key " + key + " is taken in " + root + "; use another");
    }

    private BackupException missing(String key) {
        return BackupException.media("blob.missing", key, "there is no blob " + key + " in " + root, null);
    }
}
