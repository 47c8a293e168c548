package org.azekura.bench.corpus;

import java.nio.file.Path;

/** Sources, pages and pictures of a few KiB, twenty in a folder. On the next day one in a hundred is another one. */
record SmallFiles(int files, long seed) implements ManyFiles {

    private static final int IN_FOLDER = 20;
    private static final int FOLDERS_IN_FOLDER = 30;
    private static final int IN_PROJECT = IN_FOLDER * FOLDERS_IN_FOLDER;
    private static final int SMALLEST = 120;
    private static final int LARGEST = 16 << 10;

    @Override
    public String name() {
        return "small-files";
    }

    @Override
    public String what() {
        return files + " sources and texts of 120 B to 16 KiB; next day: 1 % replaced";
    }

    @Override
    public int inFolder() {
        return IN_FOLDER;
    }

    @Override
    public int largest() {
        return LARGEST;
    }

    @Override
    public int changedOneIn() {
        return 100;
    }

    /** Sources have to do with their project's others; that is made when the first of them is. */
    @Override
    public Filling filling() {
        return new Filling() {
            private int number = -1;
            private Project project;

            @Override
            public int fill(int file, Dice dice, byte[] content) {
                if (file / IN_PROJECT != number) {
                    number = file / IN_PROJECT;
                    project = new Project(Dice.of(seed + number, "project"));
                }
                return SmallFiles.fill(dice, content, project);
            }
        };
    }

    private static int fill(Dice dice, byte[] content, Project project) {
        int length = dice.spread(SMALLEST, LARGEST);
        Synth synth = new Synth(dice);
        switch (dice.below(20)) {
            case 0 -> synth.noise(content, 0, length);
            case 1, 2, 3, 4, 5 -> synth.prose(content, 0, length);
            default -> synth.source(content, 0, length, project);
        }
        return length;
    }

    @Override
    public Path path(int file) {
        int folder = file / IN_FOLDER;
        return Path.of("part-" + folder / FOLDERS_IN_FOLDER, "folder-" + folder % FOLDERS_IN_FOLDER, "file-" + file % IN_FOLDER + ".txt");
    }
}
