package org.azekura.installer;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Files and folders; each change is told before, and durable at return. */
final class Disk {

    private static final String NEW = ".new";

    private final Consumer<String> step;

    /** @param step told before each change */
    Disk(Consumer<String> step) {
        this.step = step;
    }

    /** Something is changed next. */
    void step(String what) {
        step.accept(what);
    }

    /** In place of what is there, whole or not at all. */
    void write(Path file, byte[] bytes) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + NEW);
        step("write " + file.getFileName());
        try (FileChannel channel = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
            for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining();) {
                channel.write(left);
            }
            channel.force(true);
        }
        step("move " + file.getFileName());
        Files.move(fresh, file, ATOMIC_MOVE);
        sync(file.getParent());
    }

    void delete(Path tree) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(tree)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            step("delete " + file.getFileName());
            Files.delete(file);
        }
        sync(tree.getParent());
    }

    /** Null if there is no such file. @param most bytes that are read */
    static byte[] read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Into a file that is there. @param most bytes that are copied */
    static void copy(Path from, Path to, long most) throws IOException {
        try (FileChannel in = FileChannel.open(from, READ); FileChannel out = FileChannel.open(to, WRITE)) {
            long at = 0;
            for (long got = 1; got > 0 && at < most; at += got) {
                got = in.transferTo(at, most - at, out);
            }
        }
    }

    static List<Path> list(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(found::add);
        }
        return found;
    }

    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }
}
