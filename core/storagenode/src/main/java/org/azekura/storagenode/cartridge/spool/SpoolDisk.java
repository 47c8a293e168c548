package org.azekura.storagenode.cartridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What the spool does with files. Each call is a moment at which a machine can lose its power: tests stand in its place. Thread-safe. */
public class SpoolDisk {

    /** A new, empty file for writing. */
    public FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Writes all that remains, from an offset on; what was taken of it before a failure is on the file. */
    public void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        for (long next = at; bytes.hasRemaining();) {
            next += file.write(bytes, next);
        }
    }

    /** Has the content of a file last. */
    public void force(FileChannel file) throws IOException {
        file.force(false);
    }

    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Has the names in a folder last. */
    public void force(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
