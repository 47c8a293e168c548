package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A snapshot that a command has mounted, and that it unmounts when it ends. */
final class Mounted implements AutoCloseable {

    /** Who may use it; it is a device that a container may not have. */
    static final boolean POSSIBLE = Tree.ROOT && Files.exists(Path.of("/dev/fuse")) && Run.of(Duration.ofSeconds(10), "sh", "-c", "command -v fusermount3 || true").out().contains("/");

    private static final Duration LIMIT = Duration.ofMinutes(2);

    final Path at;
    final String job;
    private final Process command;

    private Mounted(Path at, String job, Process command) {
        this.at = at;
        this.job = job;
        this.command = command;
    }

    static Mounted on(Azekura azekura, String snapshot, Path directory) throws Exception {
        Process command = azekura.begin("mount", snapshot, directory.toString(), "--json");
        BufferedReader out = command.inputReader();
        String line = CompletableFuture.supplyAsync(() -> out.lines().findFirst().orElse("")).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertTrue(line.startsWith("{"), () -> line + Run.await(command, LIMIT, azekura.command("mount")));
        JsonNode told = new ObjectMapper().readTree(line);
        return new Mounted(directory, told.get("job").asText(), command);
    }

    /** Waits for the command's end. */
    int exit() throws InterruptedException {
        assertTrue(command.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "the command goes on");
        return command.exitValue();
    }

    /** What the command has told people, behind its end. */
    String err() throws IOException {
        return new String(command.getErrorStream().readAllBytes(), UTF_8);
    }

    void unmount() {
        Run.of(LIMIT, "umount", at.toString()).exits(0);
    }

    /** Begins a process with mounts of its own, which are those of now; it has to be ended. */
    static Process copied() throws Exception {
        Process process = new ProcessBuilder("unshare", "--mount", "sh", "-c", "echo there; exec sleep 120").start();
        assertEquals("there", process.inputReader().readLine());
        return process;
    }

    /** Whatever became of it: nothing stays mounted. */
    @Override
    public void close() {
        command.destroy();
        Run.of(LIMIT, "umount", "-l", at.toString());
    }
}
