package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** So many files that walking is all the work: up to 64 bytes each, a thousand in a folder. On the next day one in a thousand is another one. */
record TinyFiles(int files, long seed) implements Corpus {

    private static final int IN_FOLDER = 1000;
    private static final int LARGEST = 64;
    private static final int CHANGED_ONE_IN = 1000;

    @Override
    public String name() {
        return "tiny-files";
    }

    @Override
    public String what() {
        return files + " files of 1 to 64 B, a thousand in a folder; next day: 0.1 % replaced";
    }

    @Override
    public void make(Path folder) throws IOException {
        byte[] content = new byte[LARGEST];
        for (int i = 0; i < files; i++) {
            if (i % IN_FOLDER == 0) {
                Files.createDirectories(folder.resolve(path(i)).getParent());
            }
            Dice dice = Dice.of(seed + i, "file");
            Writing.file(folder.resolve(path(i)), content, fill(dice, content), dice);
        }
    }

    private static int fill(Dice dice, byte[] content) {
        int length = 1 + dice.below(LARGEST);
        new Synth(dice).prose(content, 0, length);
        return length;
    }

    @Override
    public long nextDay(Path folder) throws IOException {
        long changed = 0;
        byte[] content = new byte[LARGEST];
        for (int i = CHANGED_ONE_IN - 1; i < files; i += CHANGED_ONE_IN) {
            int length = fill(Dice.of(seed + i, "next day"), content);
            Path path = folder.resolve(path(i));
            Files.delete(path);
            Writing.file(path, content, length, new Dice(0));
            Writing.nextDay(path);
            changed += length;
        }
        return changed;
    }

    @Override
    public Path one() {
        return path(files / 2);
    }

    private static Path path(int file) {
        return Path.of("folder-" + file / IN_FOLDER, "file-" + file % IN_FOLDER);
    }
}
