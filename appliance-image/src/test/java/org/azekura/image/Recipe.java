package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that the image is made of, in this module's folder. */
class Recipe {

    static final Path HERE = Path.of("").toAbsolutePath();
    static final Path PROJECT = HERE.getParent();
    /** Our own files over the root. */
    static final Path FILES = HERE.resolve("root/files");

    private Recipe() {
    }

    /** A step of the build, to be called with the folder of its results. */
    static String step(String name) {
        return HERE.resolve("make").resolve(name).toString();
    }

    /** An empty folder below {@code target}, which stays when a test has ended: for people, if it has failed. */
    static Path fresh(String name) throws IOException {
        Path folder = HERE.resolve("target").resolve(name);
        Ran.of("rm", "-rf", folder.toString()).ok();
        return Files.createDirectories(folder);
    }

    /** Where a partition of the image begins, in bytes. */
    static long place(String partition) throws IOException {
        Matcher start = Pattern.compile("start=(\\d+),.*name=" + partition + ",").matcher(Files.readString(HERE.resolve("boot/partitions")));
        assertTrue(start.find(), partition);
        return Long.parseLong(start.group(1)) * 512;
    }

    static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
