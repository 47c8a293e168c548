package org.azekura.server.trees;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.api.BackupException;

/** The folder of a store and the names in it; other files there are left alone. Thread-safe. */
record TreeFolder(Path path) {

    private static final Pattern NAME = Pattern.compile("(\\d{8})\\.frames");

    Path file(int number) {
        return path.resolve("%08d.frames".formatted(number));
    }

    /** Of the files that are there, ascending. */
    List<Integer> numbers() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString())).filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1))).sorted().toList();
        }
    }

    /** Makes the list of names durable. */
    void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    BackupException failed(IOException cause) {
        return failed(path, cause);
    }

    static BackupException failed(Path where, IOException cause) {
        return BackupException.device("trees.io", where.toString(), where + ": " + cause.getMessage() + " ("
                + cause.getClass().getSimpleName() + ")", cause);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
