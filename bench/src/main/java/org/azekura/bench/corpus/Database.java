package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file of 8 KiB pages full of rows. On the next day 2 % of the pages, anywhere, have other rows. */
record Database(int pages, long seed) implements Corpus {

    static final int PAGE = 8 << 10;
    private static final int CHANGED_ONE_IN = 50;
    private static final int HEAD = 24;
    private static final Path FILE = Path.of("base", "16384");

    @Override
    public String name() {
        return "database";
    }

    @Override
    public String what() {
        return ((long) pages * PAGE >> 20) + " MiB in pages of 8 KiB; next day: 2 % of the pages, at random, written anew in place";
    }

    @Override
    public void make(Path folder) throws IOException {
        Path path = folder.resolve(FILE);
        Files.createDirectories(path.getParent());
        byte[] page = new byte[PAGE];
        try (FileChannel file = Writing.open(path)) {
            for (int i = 0; i < pages; i++) {
                fill(page, i, Dice.of(seed + i, "page"));
                Writing.write(file, (long) i * PAGE, page, PAGE);
            }
        }
        Writing.firstDay(path);
    }

    private static void fill(byte[] page, int number, Dice dice) {
        ByteBuffer.wrap(page).putLong(dice.next() >>> 24).putInt(number).putInt(PAGE).putLong(0);
        new Synth(dice).rows(page, HEAD, PAGE - HEAD);
    }

    @Override
    public long nextDay(Path folder) throws IOException {
        Path path = folder.resolve(FILE);
        byte[] page = new byte[PAGE];
        Dice dice = Dice.of(seed, "next day");
        long changed = 0;
        try (FileChannel file = Writing.open(path)) {
            for (int i = 0; i < pages; i++) {
                if (dice.oneIn(CHANGED_ONE_IN)) {
                    fill(page, i, Dice.of(seed + i, "next page"));
                    Writing.write(file, (long) i * PAGE, page, PAGE);
                    changed += PAGE;
                }
            }
        }
        Writing.nextDay(path);
        return changed;
    }

    @Override
    public Path one() {
        return FILE;
    }
}
