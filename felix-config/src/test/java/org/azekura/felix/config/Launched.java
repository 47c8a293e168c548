package org.azekura.felix.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The launcher as a process of its own. Killed on close if it still runs. */
public final class Launched implements AutoCloseable {

    /** Half of a start's processor time is that of the compiler that makes code fast later, which is too late for what a test does. */
    public static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    private static final long LIMIT_SECONDS = 120;

    private final Process process;
    private final CompletableFuture<String> err = new CompletableFuture<>();
    private final BufferedReader out;

    private Launched(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        // A thread each: the common pool has a single one on two cores.
        Thread.ofVirtual().name("launcher errors").start(() -> {
            try {
                err.complete(new String(process.getErrorStream().readAllBytes(), UTF_8));
            } catch (IOException e) {
                err.completeExceptionally(e);
            }
        });
    }

    static Launched start(Path distribution, String... arguments) throws IOException {
        return start(distribution, List.of("-Xms32m", "-Xmx256m"), arguments);
    }

    static Launched start(Path distribution, List<String> heap, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(heap);
        command.addAll(List.of("-XX:+UseSerialGC", SHORT_LIVED, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-jar", distribution + "/lib/org.azekura.felix.config.jar"));
        command.addAll(List.of(arguments));
        return new Launched(new ProcessBuilder(command).start());
    }

    long pid() {
        return process.pid();
    }

    /** The next line on standard output, null at its end. The launcher itself gives up after a minute. */
    String line() throws IOException {
        return out.readLine();
    }

    /** Sends SIGTERM. */
    Launched terminate() {
        process.destroy();
        return this;
    }

    int exitCode() throws InterruptedException {
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "still runs after " + LIMIT_SECONDS + " s");
        return process.exitValue();
    }

    /** All of standard error, once the process has ended. */
    String errors() {
        return err.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
