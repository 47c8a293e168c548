package org.azekura.storagenode.cartridge.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;

/** A folder for blobs in the making. What was there before is removed. Thread-safe. */
public final class Spool {

    /** More than any number of packs in the making, and a checkpoint. */
    public static final long MOST = 64L << 30;

    private final Path folder;
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong numbers = new AtomicLong();
    private boolean made;

    public Spool(Path folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    private synchronized void make() throws IOException {
        if (!made) {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*.blob")) {
                for (Path file : left) {
                    if (Files.isRegularFile(file)) { // not the packs of a pool with such a name
                        Files.delete(file);
                    }
                }
            }
            made = true;
        }
    }

    /** Bytes that are free on its disk. */
    public long usable() throws BackupException {
        try {
            make();
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw failed(e, "look for room");
        }
    }

    /** A new, empty blob. */
    public Spooled begin() throws BackupException {
        try {
            make();
            // A store that was closed while calls hung in its driver may still have files here: names are not taken twice.
            Path file = folder.resolve(Long.toHexString(System.nanoTime()) + "-" + numbers.incrementAndGet() + ".blob");
            return new Spooled(this, FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
        } catch (IOException e) {
            throw failed(e, "make a file");
        }
    }

    BackupException failed(IOException e, String doing) {
        return Trouble.files(e, folder, doing);
    }

    /** @throws BackupException {@code device.full} */
    void take(long more) throws BackupException {
        if (bytes.addAndGet(more) > most) {
            bytes.addAndGet(-more);
            throw Trouble.full(folder.toString(), "blobs in the making have " + bytes.get() + " bytes already, at most " + most + " are kept");
        }
    }

    void give(long back) {
        bytes.addAndGet(-back);
    }
}
