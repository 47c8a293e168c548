package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** Writes the files of a corpus, with times that follow from the seed. */
final class Writing {

    /** 2026-01-01T00:00:00Z */
    private static final long FIRST_DAY_SECONDS = 1_767_225_600L;
    private static final int DAY_SECONDS = 86_400;

    private Writing() {}

    /** A file of the first day. */
    static void file(Path path, byte[] content, int length, Dice dice) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(file, 0, content, length);
        }
        time(path, dice.below(DAY_SECONDS));
    }

    static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    static void write(FileChannel file, long at, byte[] content, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(content, 0, length);
        while (left.hasRemaining()) {
            file.write(left, at + left.position());
        }
    }

    static void firstDay(Path path) throws IOException {
        time(path, 1);
    }

    static void nextDay(Path path) throws IOException {
        time(path, DAY_SECONDS + 1);
    }

    private static void time(Path path, int second) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(FIRST_DAY_SECONDS + second, TimeUnit.SECONDS));
    }
}
