package org.azekura.bench.corpus;

import java.nio.file.Path;

/** So many files that walking is all the work: up to 64 bytes each. On the next day one in a thousand is another one. */
record TinyFiles(int files, int inFolder, long seed) implements ManyFiles {

    private static final int LARGEST = 64;
    private static final int TOO_MANY_TO_REPEAT = 200_000;

    @Override
    public String name() {
        return "tiny-files";
    }

    @Override
    public String what() {
        return files + " files of 1 to 64 B, " + inFolder + " in a folder; next day: 0.1 % replaced";
    }

    @Override
    public int largest() {
        return LARGEST;
    }

    @Override
    public int changedOneIn() {
        return 1000;
    }

    @Override
    public boolean once() {
        return files > TOO_MANY_TO_REPEAT;
    }

    @Override
    public Filling filling() {
        return (file, dice, content) -> {
            int length = 1 + dice.below(LARGEST);
            new Synth(dice).prose(content, 0, length);
            return length;
        };
    }

    @Override
    public Path path(int file) {
        return Path.of("folder-" + file / inFolder, "file-" + file % inFolder);
    }
}
