package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The disk of a virtual machine: files of all kinds at borders of 4 KiB, a third of it never written. On the next day 1.5 % was written in place. */
record DiskImage(long bytes, long seed) implements Corpus {

    private static final int BLOCK = 4096;
    private static final int SMALLEST = BLOCK;
    private static final int LARGEST = 4 << 20;
    private static final int NEW_SMALLEST = BLOCK;
    private static final int NEW_LARGEST = 256 << 10;
    private static final Path IMAGE = Path.of("disk.img");

    @Override
    public String name() {
        return "disk-image";
    }

    @Override
    public String what() {
        return (bytes >> 20) + " MiB sparse image of a machine; next day: 1.5 % written in place, in runs of 4 KiB to 256 KiB";
    }

    @Override
    public void make(Path folder) throws IOException {
        Path path = folder.resolve(IMAGE);
        byte[] content = new byte[LARGEST];
        Dice dice = Dice.of(seed, "image");
        try (FileChannel file = Writing.open(path)) {
            for (long at = 0; at < bytes;) {
                int length = whole(Math.min(bytes - at, dice.spread(SMALLEST, LARGEST)));
                if (!dice.oneIn(3)) {
                    new Synth(dice).mixed(content, 0, length);
                    Writing.write(file, at, content, length);
                }
                at += length;
            }
            // The last block is always there: so the image has its full length.
            Writing.write(file, bytes - 1, new byte[1], 1);
        }
        Writing.firstDay(path);
    }

    private static int whole(long length) {
        return (int) ((length + BLOCK - 1) / BLOCK * BLOCK);
    }

    @Override
    public long nextDay(Path folder) throws IOException {
        Path path = folder.resolve(IMAGE);
        byte[] content = new byte[NEW_LARGEST];
        Dice dice = Dice.of(seed, "next day");
        long changed = 0;
        try (FileChannel file = Writing.open(path)) {
            while (changed < bytes * 3 / 200) {
                int length = whole(dice.spread(NEW_SMALLEST, NEW_LARGEST - BLOCK));
                new Synth(dice).mixed(content, 0, length);
                Writing.write(file, (long) dice.below((int) ((bytes - length) / BLOCK)) * BLOCK, content, length);
                changed += length;
            }
        }
        Writing.nextDay(path);
        return changed;
    }

    @Override
    public Path one() {
        return IMAGE;
    }
}
