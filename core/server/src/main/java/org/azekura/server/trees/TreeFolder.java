package org.azekura.server.trees;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.azekura.api.BackupException;

/** The folder of a store and the names in it; other files there are left alone. Thread-safe. */
record TreeFolder(Path path) {

    private static final Pattern NAME = Pattern.compile("(\\d{8})\\.frames");
    private static final String SOUND = "sound";

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

    /** Files below this number were durable as a whole before it was written; 0 if that is not known of any. */
    int sound() throws IOException {
        try {
            return Integer.parseInt(Files.readString(path.resolve(SOUND)).strip());
        } catch (NoSuchFileException | NumberFormatException | CharacterCodingException e) {
            return 0;
        }
    }

    /** Durable at return. */
    void sound(int number) throws IOException {
        Path draft = path.resolve(SOUND + ".tmp");
        Files.writeString(draft, number + "\n");
        force(draft);
        Files.move(draft, path.resolve(SOUND), StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /**
     * Leaves of a file what was found whole in it, and makes that durable: a process that was killed may have written it. A torn frame
     * with a sound header would be taken for whole by who only looks at headers, so the header goes.
     */
    void settle(int number, FrameScan.Result found) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file(number).toFile(), "rw")) {
            for (long at : found.breaks()) {
                file.seek(at);
                file.write(0);
            }
            file.setLength(found.end());
            file.getFD().sync();
        }
    }

    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes the list of names durable. */
    void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    long room() throws IOException {
        FileStore disk = Files.getFileStore(path);
        return disk.getUsableSpace() - Math.min(TreeStore.RESERVE, disk.getTotalSpace() / 10);
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
