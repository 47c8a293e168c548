package org.azekura.bench.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sources, pages and pictures of a few KiB, twenty in a folder. On the next day one in a hundred is another one. */
record SmallFiles(int files, long seed) implements Corpus {

    private static final int IN_FOLDER = 20;
    private static final int FOLDERS_IN_FOLDER = 30;
    private static final int IN_PROJECT = IN_FOLDER * FOLDERS_IN_FOLDER;
    private static final int SMALLEST = 120;
    private static final int LARGEST = 16 << 10;
    private static final int CHANGED_ONE_IN = 100;

    @Override
    public String name() {
        return "small-files";
    }

    @Override
    public String what() {
        return files + " sources and texts of 120 B to 16 KiB; next day: 1 % replaced";
    }

    @Override
    public void make(Path folder) throws IOException {
        byte[] content = new byte[LARGEST];
        Project project = null;
        for (int i = 0; i < files; i++) {
            project = i % IN_PROJECT == 0 ? project(i) : project;
            if (i % IN_FOLDER == 0) {
                Files.createDirectories(folder.resolve(path(i)).getParent());
            }
            Dice dice = Dice.of(seed + i, "file");
            Writing.file(folder.resolve(path(i)), content, fill(dice, content, project), dice);
        }
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

    private Project project(int file) {
        return new Project(Dice.of(seed + file / IN_PROJECT, "project"));
    }

    @Override
    public long nextDay(Path folder) throws IOException {
        long changed = 0;
        byte[] content = new byte[LARGEST];
        for (int i = CHANGED_ONE_IN - 1; i < files; i += CHANGED_ONE_IN) {
            Path path = folder.resolve(path(i));
            int length = fill(Dice.of(seed + i, "next day"), content, project(i));
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
        int folder = file / IN_FOLDER;
        return Path.of("part-" + folder / FOLDERS_IN_FOLDER, "folder-" + folder % FOLDERS_IN_FOLDER, "file-" + file % IN_FOLDER + ".txt");
    }
}
