package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs, libraries, documents and archives of 16 KiB to 16 MiB. On the next day one in ten came in a new version: the same with pieces put in. */
record Binaries(long bytes, long seed) implements Corpus {

    private static final int SMALLEST = 16 << 10;
    private static final int LARGEST = 16 << 20;
    private static final int NEW_VERSION_ONE_IN = 10;
    private static final int PIECE = 4096;
    private static final int PIECES = 8;
    private static final int IN_FOLDER = 25;

    @Override
    public String name() {
        return "binaries";
    }

    @Override
    public String what() {
        return (bytes >> 20) + " MiB of programs, documents and archives; next day: one in ten with pieces put in";
    }

    @Override
    public void make(Path folder) throws IOException {
        long left = bytes;
        for (int i = 0; left > 0; i++) {
            Files.createDirectories(folder.resolve(path(i)).getParent());
            byte[] content = content(i);
            Writing.file(folder.resolve(path(i)), content, content.length, Dice.of(seed + i, "time"));
            left -= content.length;
        }
    }

    private byte[] content(int file) {
        Dice dice = Dice.of(seed + file, "content");
        byte[] content = new byte[dice.spread(SMALLEST, LARGEST)];
        Synth synth = new Synth(dice);
        // A program is code, tables and texts in turn; an archive is noise all through.
        if (dice.oneIn(4)) {
            synth.noise(content, 0, content.length);
            return content;
        }
        for (int at = 0; at < content.length;) {
            int length = Math.min(content.length - at, dice.spread(4 << 10, 512 << 10));
            switch (dice.below(8)) {
                case 0 -> synth.prose(content, at, length);
                case 1 -> synth.rows(content, at, length);
                default -> synth.program(content, at, length);
            }
            at += length;
        }
        return content;
    }

    @Override
    public long nextDay(Path folder) throws IOException {
        long changed = 0;
        for (int i = 0; Files.exists(folder.resolve(path(i))); i += NEW_VERSION_ONE_IN) {
            Path path = folder.resolve(path(i));
            byte[] longer = withPieces(Files.readAllBytes(path), Dice.of(seed + i, "next day"));
            Files.delete(path);
            Writing.file(path, longer, longer.length, new Dice(0));
            Writing.nextDay(path);
            changed += PIECES * PIECE;
        }
        return changed;
    }

    private static byte[] withPieces(byte[] old, Dice dice) {
        byte[] longer = new byte[old.length + PIECES * PIECE];
        Synth synth = new Synth(dice);
        int stride = old.length / PIECES;
        for (int i = 0; i < PIECES; i++) {
            int to = i * (stride + PIECE);
            synth.program(longer, to, PIECE);
            System.arraycopy(old, i * stride, longer, to + PIECE, i < PIECES - 1 ? stride : old.length - i * stride);
        }
        return longer;
    }

    @Override
    public Path one() {
        return path(0);
    }

    private static Path path(int file) {
        return Path.of("lib-" + file / IN_FOLDER, "object-" + file % IN_FOLDER + ".bin");
    }
}
