package org.azekura.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.azekura.bench.meter.Cost;
import org.azekura.bench.meter.Program;
import org.azekura.bench.meter.Served;

/** A running appliance of its own home, used through the script as a user does. One thread. */
public final class Home implements AutoCloseable {

    private static final long KILL_SECONDS = 20;

    private final Path script;
    private final Path folder;
    private final Program program;
    private final List<String> role;
    private String port = "0";
    private Served process;
    private Cost started;

    /**
     * Starts it.
     *
     * @param script the project's script
     * @param folder new; home and pools lie in it
     */
    public Home(Path script, Path folder) throws IOException, InterruptedException {
        this(script, folder, List.of());
        up();
    }

    /**
     * Does not start it: a host may have to join first.
     *
     * @param role options of its start, like {@code --role node}
     */
    Home(Path script, Path folder, List<String> role) throws IOException {
        this.script = script;
        this.folder = folder;
        this.role = role;
        Files.createDirectories(folder.resolve("pools"));
        this.program = new Program(folder, environment());
    }

    private Map<String, String> environment() {
        return Map.of("AZEKURA_HOME", home().toString(), "LC_ALL", "C.UTF-8");
    }

    public Path home() {
        return folder.resolve("home");
    }

    /** Where a pool of this name lies if {@link #makePool} made it. */
    public Path pool(String name) {
        return folder.resolve("pools").resolve(name);
    }

    public void makePool(String name) throws IOException, InterruptedException {
        makePool(name, new Disk(folder.resolve("pools")).pool(name));
    }

    /** @param device its driver and settings */
    void makePool(String name, List<String> device) throws IOException, InterruptedException {
        List<String> create = new ArrayList<>(List.of("pool", "create", name));
        create.addAll(device);
        run(create.toArray(String[]::new));
    }

    /** Starts it, again after {@link #kill} or if it has ended: at the same address. */
    public void up() throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--port", port));
        arguments.addAll(role);
        Cost call = run(arguments.toArray(String[]::new)).cost();
        process = new Served(pid());
        started = call.with(process.processor(), process.peakBytes());
        if (Files.exists(home().resolve("run/url"))) {
            port = Integer.toString(url().getPort());
        }
    }

    /** Where the server of this home answers. */
    URI url() throws IOException {
        return URI.create(Files.readString(home().resolve("run/url")).strip());
    }

    /** What the last start took, up to being ready. */
    public Cost started() {
        return started;
    }

    public Served process() {
        return process;
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(home().resolve("lock")).strip());
    }

    /** As a power cut would end it. */
    public void kill() throws IOException, InterruptedException {
        Program.kill(pid(), KILL_SECONDS);
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Begins a command that goes on while others run; its cost is not told apart from theirs. */
    public Process begin(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(folder.resolve("begun.out").toFile());
        builder.environment().putAll(environment());
        return builder.start();
    }

    /** Waits for what {@link #begin} began. @throws IOException if it ended other than with 0, or not in time */
    public void await(Process begun, Duration patience) throws IOException, InterruptedException {
        if (!begun.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            begun.destroyForcibly();
            throw new IOException("a command did not end within " + patience);
        }
        if (begun.exitValue() != 0) {
            throw new IOException("a command ended with " + begun.exitValue() + ": " + Files.readString(folder.resolve("begun.out")).strip());
        }
    }

    /** Runs a command; what the appliance does for it is not counted. */
    public Program.Ended run(String... arguments) throws IOException, InterruptedException {
        return program.run(command(arguments));
    }

    /** Runs a command with what the appliance does for it until it has come to rest. */
    public Program.Ended served(String... arguments) throws IOException, InterruptedException {
        process.awaitQuiet();
        process.forgetPeak();
        Duration before = process.processor();
        Program.Ended ended = run(arguments);
        process.awaitQuiet();
        return new Program.Ended(ended.cost().with(process.processor().minus(before), process.peakBytes()), ended.exit(), ended.out());
    }

    public JsonNode json(String... arguments) throws IOException, InterruptedException {
        return json(run(arguments));
    }

    static JsonNode json(Program.Ended ended) throws IOException {
        return new ObjectMapper().readTree(ended.out());
    }

    /** The id in the answer of a backup. */
    static String snapshot(Program.Ended ended) throws IOException {
        String snapshot = json(ended).path("snapshot").asText();
        if (snapshot.isEmpty()) {
            throw new IOException("backup named no snapshot: " + ended.out().strip());
        }
        return snapshot;
    }

    /** A backup's cost, and its snapshot. */
    public record Saved(Cost cost, String snapshot) {}

    public Saved backup(String pool, Path tree) throws IOException, InterruptedException {
        Program.Ended ended = served("backup", "--json", "--pool", pool, "--name", pool, tree.toString());
        return new Saved(ended.cost(), snapshot(ended));
    }

    /** How long the appliance worked on its last job, by its own clock: without the command line. */
    public Duration lastJob() throws IOException, InterruptedException {
        JsonNode jobs = json("job", "list", "--json");
        JsonNode last = jobs.get(jobs.size() - 1);
        return Duration.between(Instant.parse(last.path("started").asText()), Instant.parse(last.path("ended").asText()));
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
