package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Logs that grow. On the next day every one has a tenth more, and the first was turned: renamed, and begun anew. */
record Logs(int files, int bytesEach, long seed) implements Corpus {

    private static final int SECONDS_A_DAY = 86_400;

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String what() {
        return files + " logs of " + (bytesEach >> 20) + " MiB; next day: a tenth appended to each, one renamed";
    }

    @Override
    public void make(Path folder) throws IOException {
        byte[] content = new byte[bytesEach];
        for (int i = 0; i < files; i++) {
            new Synth(Dice.of(seed + i, "log")).log(content, 0, content.length, 0);
            Writing.file(folder.resolve(name(i)), content, content.length, new Dice(i));
        }
    }

    @Override
    public long nextDay(Path folder) throws IOException {
        Files.move(folder.resolve(name(0)), folder.resolve(name(0) + ".1"));
        byte[] content = new byte[bytesEach / 10];
        for (int i = 0; i < files; i++) {
            Path path = folder.resolve(name(i));
            new Synth(Dice.of(seed + i, "next day")).log(content, 0, content.length, SECONDS_A_DAY);
            try (FileChannel file = Writing.open(path)) {
                Writing.write(file, file.size(), content, content.length);
            }
            Writing.nextDay(path);
        }
        return (long) files * content.length;
    }

    @Override
    public Path one() {
        return Path.of(name(1));
    }

    private static String name(int file) {
        return "service-" + file + ".log";
    }
}
