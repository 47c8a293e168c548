package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A corpus of so many files, numbered from 0. On the next day every so many-th is another one. */
interface ManyFiles extends Corpus {

    int files();

    long seed();

    int inFolder();

    /** No file is longer. */
    int largest();

    int changedOneIn();

    /** A file's place in the corpus. */
    Path path(int file);

    /** Makes contents, in ascending order of files. */
    interface Filling {
        /** @return how long the content is */
        int fill(int file, Dice dice, byte[] content);
    }

    /** For one pass over the files. */
    Filling filling();

    @Override
    default void make(Path folder) throws IOException {
        byte[] content = new byte[largest()];
        Filling filling = filling();
        for (int i = 0; i < files(); i++) {
            if (i % inFolder() == 0) {
                Files.createDirectories(folder.resolve(path(i)).getParent());
            }
            Dice dice = Dice.of(seed() + i, "file");
            Writing.file(folder.resolve(path(i)), content, filling.fill(i, dice, content), dice);
        }
    }

    @Override
    default long nextDay(Path folder) throws IOException {
        long changed = 0;
        byte[] content = new byte[largest()];
        Filling filling = filling();
        for (int i = changedOneIn() - 1; i < files(); i += changedOneIn()) {
            Path path = folder.resolve(path(i));
            int length = filling.fill(i, Dice.of(seed() + i, "next day"), content);
            Files.delete(path);
            Writing.file(path, content, length, new Dice(0));
            Writing.nextDay(path);
            changed += length;
        }
        return changed;
    }

    @Override
    default Path one() {
        return path(files() / 2);
    }
}
