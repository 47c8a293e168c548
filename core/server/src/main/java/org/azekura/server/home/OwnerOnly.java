package org.azekura.server.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.azekura.api.BackupException;

/** Files and folders of the home that nobody but their owner may read: mode 0600 and 0700 from their first moment. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** Makes a folder if it is not there. */
    public static void directory(Path folder) throws BackupException {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** Writes a whole file or nothing; durable at return. */
    public static void write(Path file, byte[] content) throws BackupException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(beside);
            try (FileChannel out = FileChannel.open(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                for (ByteBuffer rest = ByteBuffer.wrap(content); rest.hasRemaining();) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(file.getParent());
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    public static BackupException failed(Path file, IOException cause) {
        return BackupException.device("home.io", file.toString(), file + ": " + cause.getMessage() + " (" + cause.getClass().getSimpleName()
                + ")", cause);
    }
}
