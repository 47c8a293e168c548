package org.azekura.driver.simulator;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that a library lies in: who has it open has it alone. Files have the mode 0600, folders 0700. */
final class LibraryFolder implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(LibraryFolder.class);
    static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> PRIVATE_FOLDER = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    /** No library has more to say of itself. */
    private static final long MOST = 4 << 20;

    private final Path root;
    private final FileChannel lock;

    private LibraryFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes it if the folder above is there.
     *
     * @throws BackupException {@code device.busy} if another process, or device, has it; {@code setting.folder}
     */
    static LibraryFolder open(Path root) throws BackupException {
        FileChannel lock = null;
        try {
            make(root);
            make(root.resolve("cartridges"));
            lock = FileChannel.open(root.resolve("lock"), Set.of(CREATE, WRITE), PRIVATE);
            if (lock.tryLock() == null) {
                throw busy(root, lock);
            }
            return new LibraryFolder(root, lock);
        } catch (OverlappingFileLockException e) {
            throw busy(root, lock);
        } catch (IOException e) {
            close(lock);
            throw Trouble.setting("folder", root.toString(), "it can't be made or used: " + e);
        }
    }

    private static BackupException busy(Path root, FileChannel lock) {
        close(lock);
        return Trouble.device("device.busy", root.toString(), "another process or device has this library open; close it there, or use another folder");
    }

    private static void close(FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.warn("cannot close a lock: {}", e.toString());
        }
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, PRIVATE_FOLDER);
            sync(folder.getParent());
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    Path cartridges() {
        return root.resolve("cartridges");
    }

    /** Where people write what shall go wrong. */
    Path faults() {
        return root.resolve("faults");
    }

    /** What the library noted last of itself; null if it is new. */
    byte[] state() throws BackupException {
        Path file = root.resolve("library");
        try {
            if (!Files.exists(file)) {
                return null;
            }
            if (Files.size(file) > MOST) {
                throw Trouble.device("device.state", file.toString(), "the file is longer than " + MOST + " bytes, so it is none of ours");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Trouble.files(e, root.toString(), "read what is where");
        }
    }

    void state(byte[] text) throws BackupException {
        try {
            replace(root.resolve("library"), ByteBuffer.wrap(text));
        } catch (IOException e) {
            throw Trouble.files(e, root.toString(), "note what is where");
        }
    }

    /** Makes a file have this content, or leaves it as it was; durable at return. */
    static void replace(Path file, ByteBuffer content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE, TRUNCATE_EXISTING, WRITE), PRIVATE)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.getParent());
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
