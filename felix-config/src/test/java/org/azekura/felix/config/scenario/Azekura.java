package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.azekura.felix.config.Launched;
import org.azekura.testkit.image.ImageMachine;

/** The built appliance as a user meets it: the project's one script and a home. */
final class Azekura implements AutoCloseable {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration CALL = Duration.ofMinutes(8);
    /** A third of a start's processor time, which these short lives do not get back. */
    private static final String NOT_WARMED_UP = "-Dazekura.client.warmUp=false";
    /** The verifier has a tenth of a start; it finds the same in the same bundles each time, and once for all in those that are started as shipped. */
    private static final String NOT_VERIFIED = "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";
    /** What {@code AZEKURA_JAVA_OPTS} is where an appliance is soon over. */
    static final String SHORT_LIVED = NOT_WARMED_UP + " " + Launched.SHORT_LIVED + " " + NOT_VERIFIED;

    final Path home;
    private final List<String> starter;
    private final Map<String, String> environment;
    private final List<String> place;
    private final List<String> role;
    private String port = "0";

    /**
     * @param starter     a program that starts the appliance, like {@code setpriv …}; empty for none
     * @param environment for the appliance and for every command
     */
    Azekura(Path home, List<String> starter, Map<String, String> environment) {
        this(home, starter, environment, List.of(), List.of());
    }

    private Azekura(Path home, List<String> starter, Map<String, String> environment, List<String> place, List<String> role) {
        this.place = place;
        this.role = role;
        this.home = home;
        this.starter = starter;
        this.environment = new HashMap<>(environment);
        this.environment.put("AZEKURA_HOME", home.toString());
        this.environment.put("AZEKURA_JAVA_OPTS", SHORT_LIVED);
    }

    /** As it is for users, but for the warming up: for who moves many hundreds of megabytes, or counts memory. To be called before the start. */
    Azekura asShipped() {
        environment.put("AZEKURA_JAVA_OPTS", NOT_WARMED_UP);
        return this;
    }

    /** On a machine that runs from an image. To be called before the start. */
    Azekura from(ImageMachine machine) {
        environment.putAll(machine.environment());
        environment.merge("AZEKURA_JAVA_OPTS", "-Dazekura.image.root=" + machine.root(), (one, other) -> one + " " + other);
        return this;
    }

    /** One that lives on a host of its own, with all its commands. Not started. @param port of the console */
    static Azekura on(Network.Host host, Path home, int port, String... role) {
        Azekura made = new Azekura(home, List.of(), Map.of("LC_ALL", "C.UTF-8"), host.namespace().starter(), List.of(role));
        made.port = Integer.toString(port);
        return made;
    }

    /** One on a machine that calls itself so, with all its commands; only root makes one. Not started. */
    static Azekura named(String machine, Path home, Map<String, String> environment) {
        return new Azekura(home, List.of(), environment, List.of("unshare", "--uts", "sh", "-c", "hostname \"$0\" && exec \"$@\"", machine), List.of());
    }

    /** Not started. */
    static Azekura in(Path home) {
        return new Azekura(home, List.of(), Map.of("LC_ALL", "C.UTF-8"));
    }

    static Azekura up(Path home) {
        return in(home).up();
    }

    Azekura up() {
        try {
            Run run = tryUp().exits(0);
            assertTrue(run.outLines().stream().anyMatch(line -> line.equals("ready") || line.startsWith("ready https://")), run::toString);
            return this;
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    Run tryUp() {
        List<String> command = new ArrayList<>(place);
        command.addAll(starter);
        command.addAll(List.of(PROJECT + "/azekura", "up", "--detach", "--home", home.toString(), "--port", port));
        command.addAll(role);
        return Run.of(START, PROJECT, environment, command);
    }

    void down() {
        Run.of(START, PROJECT, environment, List.of(PROJECT + "/azekura", "down", "--home", home.toString())).exits(0);
    }

    /** As a power cut would end it. A later start takes the same port, so that a command which waits finds it again. */
    void kill() throws Exception {
        Path url = home.resolve("run/url");
        if (Files.exists(url)) {
            port = Integer.toString(URI.create(Files.readString(url).strip()).getPort());
        }
        ProcessHandle process = process();
        process.destroyForcibly();
        process.onExit().get(120, TimeUnit.SECONDS);
    }

    ProcessHandle process() throws IOException {
        long pid = Long.parseLong(Files.readString(home.resolve("lock")).strip());
        String command = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        assertTrue(command.contains(home.toString()), "process " + pid + " is not ours: " + command.replace('\0', ' '));
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** Runs a command to its end, in this process where that is the same. */
    Run call(String... arguments) {
        return CommandsHere.may(environment, arguments) ? CommandsHere.run(CALL, environment, command(arguments), arguments) : typed(arguments);
    }

    /** Runs a command to its end as it is typed: the script starts the program. */
    Run typed(String... arguments) {
        return Run.of(CALL, PROJECT, environment, command(arguments));
    }

    /** Begins a command; {@link Run#await} ends it. */
    Process begin(String... arguments) {
        return Run.start(PROJECT, environment, command(arguments));
    }

    /** The same with a standard input that the caller writes and closes. */
    Process beginOpen(String... arguments) {
        return Run.startOpen(PROJECT, environment, command(arguments));
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(place);
        command.add(PROJECT + "/azekura");
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    /** The one JSON document of a command that must end with this code. Names are in percent form. */
    JsonNode json(int exit, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--json");
        if (List.of("backup", "restore", "ls").contains(arguments[arguments[0].equals("snapshot") ? 1 : 0])) {
            all.addAll(List.of("--path-encoding", "percent"));
        }
        Run run = call(all.toArray(String[]::new)).exits(exit);
        try {
            return JSON.readTree(run.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + run, e);
        }
    }

    /** A backup without warnings; answers the snapshot's id. */
    String backup(Path path, String... options) {
        List<String> all = new ArrayList<>(List.of("backup"));
        all.addAll(Arrays.asList(options));
        all.add(path.toString());
        return json(0, all.toArray(String[]::new)).get("snapshot").asText();
    }

    /** A restore that must bring everything back; answers where the saved folder is now. */
    Path restore(String snapshot, Path saved, Path to) {
        JsonNode answer = json(0, "restore", snapshot, "--to", to.toString());
        assertTrue(answer.get("notRestored").isEmpty(), answer::toString);
        return at(to, saved);
    }

    /** A restored path lies under its full name below the target. */
    static Path at(Path to, Path saved) {
        return Path.of(to.toString() + saved);
    }

    /** Number and sizes of files, by name below a folder: a pool or a part of the home. */
    static SortedMap<String, Long> files(Path folder) throws IOException {
        SortedMap<String, Long> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                found.put(folder.relativize(path).toString(), Files.size(path));
            }
        }
        return found;
    }

    /** Stops it if it runs, and keeps its log for whoever reads a failed test. */
    @Override
    public void close() {
        Rest.forget(this);
        Run.of(START, PROJECT, environment, List.of(PROJECT + "/azekura", "down", "--home", home.toString()));
        Path logs = Path.of("target/scenario-logs").resolve(home.getParent().getFileName());
        Run.of(START, "mkdir", "-p", logs.toString());
        Run.of(START, "cp", "-rT", home + "/log", logs.resolve(home.getFileName()).toString());
    }
}
