package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.file.Path;

/** What cannot be made smaller: pictures, films, sealed archives. On the next day there is one more. */
record Noise(int files, int bytesEach, long seed) implements Corpus {

    @Override
    public String name() {
        return "incompressible";
    }

    @Override
    public String what() {
        return files + " files of " + (bytesEach >> 20) + " MiB of random bytes; next day: one more";
    }

    @Override
    public void make(Path folder) throws IOException {
        for (int i = 0; i < files; i++) {
            write(folder, i);
        }
    }

    private void write(Path folder, int file) throws IOException {
        byte[] content = new byte[bytesEach];
        Dice dice = Dice.of(seed + file, "noise");
        dice.noise(content, 0, content.length);
        Writing.file(folder.resolve(name(file)), content, content.length, dice);
    }

    @Override
    public long nextDay(Path folder) throws IOException {
        write(folder, files);
        return bytesEach;
    }

    @Override
    public Path one() {
        return Path.of(name(1));
    }

    private static String name(int file) {
        return "film-" + file + ".mkv";
    }
}
