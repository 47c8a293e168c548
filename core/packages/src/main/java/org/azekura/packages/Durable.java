package org.azekura.packages;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** Files and folders that are there after a power loss, whole or not at all. */
final class Durable {

    private Durable() {}

    /** A new file, open for writing. */
    static FileChannel create(Path file, String permissions) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE), mode(permissions));
    }

    static void write(FileChannel out, byte[] bytes, int length) throws IOException {
        for (ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length); rest.hasRemaining();) {
            out.write(rest);
        }
    }

    static void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder, mode("rwx------"));
    }

    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes a folder and what is in it; no error if it is not there. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Why a file can't be written: an exception may name one that nobody but this class knows. */
    static String reason(Path file, IOException e) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            return "it is a folder; give the name of a file";
        }
        if (folder == null || !Files.isDirectory(folder)) {
            return "there is no folder " + folder + "; make it first";
        }
        return e instanceof AccessDeniedException ? "permission is denied in " + folder : e.toString();
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
