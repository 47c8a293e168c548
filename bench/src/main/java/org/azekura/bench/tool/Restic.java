package org.azekura.bench.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Program;

/** restic with a repository of version 2: compression "auto" is its default there. */
final class Restic implements Tool {

    private final Path home;
    private final Ground ground;
    private final Program program;
    private String repository;

    Restic(Path home, Ground ground) {
        this.home = home;
        this.ground = ground;
        Map<String, String> environment = new HashMap<>(ground.environment());
        environment.putAll(Map.of("RESTIC_PASSWORD", "bench", "RESTIC_CACHE_DIR", cache().toString(), "RESTIC_PROGRESS_FPS", "0.1"));
        this.program = new Program(home, environment);
    }

    private Path cache() {
        return home.resolve("cache");
    }

    @Override
    public String name() {
        return "restic";
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return program.run("restic", "version").out().strip();
    }

    @Override
    public String settings() {
        return "defaults, repository version 2 (zstd, compression auto; AES-256-CTR with Poly1305)";
    }

    @Override
    public void begin(String name) throws IOException, InterruptedException {
        repository = name() + "-" + name;
        run("init", "--repository-version", "2");
    }

    private Cost run(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 4];
        command[0] = "restic";
        command[1] = "-q";
        command[2] = "-r";
        command[3] = ground.restic(repository);
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return program.run(command).cost();
    }

    @Override
    public Cost backup(Path tree) throws IOException, InterruptedException {
        return run("backup", tree.toString());
    }

    @Override
    public Cost restore(Path to) throws IOException, InterruptedException {
        return run("restore", "latest", "--target", to.toString());
    }

    @Override
    public Cost restoreOne(Path file, Path to) throws IOException, InterruptedException {
        return run("restore", "latest", "--target", to.toString(), "--include", file.toString());
    }

    @Override
    public Cost prune() throws IOException, InterruptedException {
        return run("forget", "--keep-last", "1", "--prune");
    }

    @Override
    public long stored() throws IOException {
        return ground.bytes(repository);
    }

    @Override
    public long beside() throws IOException {
        return Folders.bytes(cache());
    }

    @Override
    public void end() throws IOException {
        ground.delete(repository);
        Folders.delete(cache());
    }

    @Override
    public Cost start() throws IOException, InterruptedException {
        return program.run("restic", "version").cost();
    }

    @Override
    public void close() {}
}
