package org.azekura.bench.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Program;

/** borg with a local repository, encrypted, compressed as the others are: its default, lz4, would be faster and larger. */
final class Borg implements Tool {

    private final Path home;
    private final Program program;
    private Path repository;
    private int archives;

    Borg(Path home) {
        this.home = home;
        this.program = new Program(home, Map.of("BORG_PASSPHRASE", "bench", "BORG_BASE_DIR", base().toString(), "LC_ALL", "C.UTF-8"));
    }

    private Path base() {
        return home.resolve("base");
    }

    @Override
    public String name() {
        return "borg";
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return program.run("borg", "--version").out().strip();
    }

    @Override
    public String settings() {
        return "repokey-blake2, zstd,3";
    }

    @Override
    public void begin(String name) throws IOException, InterruptedException {
        repository = home.resolve(name);
        archives = 0;
        program.run("borg", "init", "-e", "repokey-blake2", repository.toString());
    }

    @Override
    public Cost backup(Path tree) throws IOException, InterruptedException {
        archives++;
        return program.run("borg", "create", "-C", "zstd,3", newest(), tree.toString()).cost();
    }

    private String newest() {
        return repository + "::day-" + archives;
    }

    @Override
    public Cost restore(Path to) throws IOException, InterruptedException {
        return extract(to);
    }

    @Override
    public Cost restoreOne(Path file, Path to) throws IOException, InterruptedException {
        return extract(to, file.toString().substring(1));
    }

    /** borg restores into the folder it runs in. */
    private Cost extract(Path to, String... paths) throws IOException, InterruptedException {
        Files.createDirectories(to);
        String[] command = new String[paths.length + 3];
        command[0] = "borg";
        command[1] = "extract";
        command[2] = newest();
        System.arraycopy(paths, 0, command, 3, paths.length);
        return program.in(to).run(command).cost();
    }

    @Override
    public Cost prune() throws IOException, InterruptedException {
        Cost cost = program.run("borg", "prune", "--keep-last", "1", repository.toString()).cost();
        return cost.and(program.run("borg", "compact", repository.toString()).cost());
    }

    @Override
    public long stored() throws IOException {
        return Folders.bytes(repository);
    }

    @Override
    public long beside() throws IOException {
        return Folders.bytes(base());
    }

    @Override
    public void end() throws IOException {
        Folders.delete(repository);
        Folders.delete(base());
    }

    @Override
    public Cost start() throws IOException, InterruptedException {
        return program.run("borg", "--version").cost();
    }

    @Override
    public void close() {}
}
