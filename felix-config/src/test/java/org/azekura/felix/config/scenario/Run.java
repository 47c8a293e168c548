package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a program printed and how it ended. */
record Run(List<String> command, int exit, String out, String err) {

    /** Ends within the time-out, or is killed and fails the test. */
    static Run of(Duration timeout, Path directory, Map<String, String> environment, List<String> command) {
        Process process = start(directory, environment, command);
        return await(process, timeout, command);
    }

    static Run of(Duration timeout, String... command) {
        return of(timeout, Path.of("."), Map.of(), List.of(command));
    }

    static Process start(Path directory, Map<String, String> environment, List<String> command) {
        try {
            Process process = startOpen(directory, environment, command);
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same with a standard input that the caller writes and closes. */
    static Process startOpen(Path directory, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Run await(Process process, Duration timeout, List<String> command) {
        CompletableFuture<String> out = text(process.getInputStream());
        CompletableFuture<String> err = text(process.getErrorStream());
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                fail("did not end within " + timeout + ": " + command + "\n" + out.get(5, TimeUnit.SECONDS) + err.get(5, TimeUnit.SECONDS));
            }
            // A child that it left behind (an appliance) must have let go of the streams.
            return new Run(command, process.exitValue(), out.get(120, TimeUnit.SECONDS), err.get(120, TimeUnit.SECONDS));
        } catch (InterruptedException | java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("output of " + command + " did not end", e);
        }
    }

    private static CompletableFuture<String> text(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual().name("scenario output").start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), UTF_8));
            } catch (IOException e) {
                text.completeExceptionally(e);
            }
        });
        return text;
    }

    /** Fails with everything that was printed unless it ended with this code. */
    Run exits(int expected) {
        assertEquals(expected, exit, this::toString);
        return this;
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    /** Exactly one line on stderr and, as nothing was done, none on stdout. */
    String oneErrorLine() {
        assertEquals("", out, this::toString);
        assertEquals(1, errLines().size(), this::toString);
        return errLines().getFirst();
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\nexit " + exit + "\n" + out + err;
    }
}
