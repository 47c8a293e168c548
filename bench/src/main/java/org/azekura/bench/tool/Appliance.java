package org.azekura.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Program;
import org.azekura.bench.meter.Served;

/**
 * The appliance with all its roles in one process, used through the script as a user does. It runs all the time; a repository is a pool
 * of its own. What the process has used between a call's begin and its coming to rest is part of the call's cost.
 */
final class Appliance implements Tool {

    private final Path script;
    private final Path home;
    private final Path pools;
    private final Program program;
    private final Served process;
    private final Cost started;
    private String pool;
    private String snapshot;
    private long besideBefore;

    /** Starts it with an empty home. */
    Appliance(Path script, Path folder) throws IOException, InterruptedException {
        this.script = script;
        this.home = folder.resolve("home");
        this.pools = Files.createDirectories(folder.resolve("pools"));
        this.program = new Program(folder, Map.of("AZEKURA_HOME", home.toString(), "LC_ALL", "C.UTF-8"));
        Cost call = run("up", "--detach", "--port", "0").cost();
        this.process = new Served(Long.parseLong(Files.readString(home.resolve("lock")).strip()));
        this.started = call.with(process.processor(), process.peakBytes());
    }

    private Program.Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return program.run(command);
    }

    /** Runs a command with what the process does for it. */
    private Program.Ended served(String... arguments) throws IOException, InterruptedException {
        process.awaitQuiet();
        process.forgetPeak();
        Duration before = process.processor();
        Program.Ended ended = run(arguments);
        process.awaitQuiet();
        return new Program.Ended(ended.cost().with(process.processor().minus(before), process.peakBytes()), ended.exit(), ended.out());
    }

    @Override
    public String name() {
        return "azekura";
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return run("--version").out().strip();
    }

    @Override
    public String settings() {
        return "defaults (zstd 3, AES-256-GCM), all roles in one process that was running";
    }

    /** What it took to get ready. */
    public Cost started() {
        return started;
    }

    @Override
    public void begin(String name) throws IOException, InterruptedException {
        pool = name;
        run("pool", "create", name, "--driver", "disk", "--set", "path=" + pools.resolve(name));
        besideBefore = Folders.bytes(home);
    }

    @Override
    public Cost backup(Path tree) throws IOException, InterruptedException {
        Program.Ended ended = served("backup", "--json", "--pool", pool, "--name", pool, tree.toString());
        JsonNode answer = new ObjectMapper().readTree(ended.out());
        snapshot = answer.path("snapshot").asText();
        if (snapshot.isEmpty()) {
            throw new IOException("backup named no snapshot: " + ended.out().strip());
        }
        return ended.cost();
    }

    @Override
    public Cost restore(Path to) throws IOException, InterruptedException {
        return served("restore", snapshot, "--to", to.toString()).cost();
    }

    @Override
    public Cost restoreOne(Path file, Path to) throws IOException, InterruptedException {
        return served("restore", snapshot, file.toString(), "--to", to.toString()).cost();
    }

    @Override
    public long stored() throws IOException {
        return Folders.bytes(pools.resolve(pool));
    }

    @Override
    public long beside() throws IOException {
        return Folders.bytes(home) - besideBefore;
    }

    /** The pool stays known, empty of files: a pool that has snapshots is not deleted. */
    @Override
    public void end() throws IOException {
        Folders.delete(pools.resolve(pool));
    }

    @Override
    public Cost start() throws IOException, InterruptedException {
        return run("--version").cost();
    }

    @Override
    public void close() throws IOException {
        try {
            run("down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
