package org.azekura.server.firmware;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.azekura.api.BackupException;

/** Calls a program of the system, and waits for its end. */
final class Program {

    private static final int MAX_SAID = 1 << 20;

    private Program() {}

    /**
     * What a program said.
     *
     * @param out   at most a MiB of it
     * @param wrong the last line of what it complained about; empty if it did not
     */
    record Said(int exit, String out, String wrong) {

        boolean went() {
            return exit == 0;
        }
    }

    /** @throws BackupException {@code firmware.updater} if it is missing, or has not ended within the limit */
    static Said call(Duration limit, List<String> command, Map<String, String> more) throws BackupException {
        Path out = null;
        try {
            out = Files.createTempFile("firmware-", ".said");
            Path wrong = Files.createTempFile("firmware-", ".wrong");
            try {
                Process process = begin(command, more).redirectOutput(out.toFile()).redirectError(wrong.toFile()).start();
                await(process, limit, command);
                return new Said(process.exitValue(), head(out), last(wrong));
            } finally {
                Files.delete(wrong);
            }
        } catch (IOException e) {
            throw failed(command, e.getMessage(), e);
        } finally {
            if (out != null) {
                out.toFile().delete();
            }
        }
    }

    /**
     * The same for one that tells what it does, line by line.
     *
     * @param running told before any line
     */
    static Said follow(Duration limit, List<String> command, Map<String, String> more, Consumer<Process> running, Consumer<String> line) throws BackupException {
        try {
            Path wrong = Files.createTempFile("firmware-", ".wrong");
            try {
                Process process = begin(command, more).redirectError(wrong.toFile()).start();
                running.accept(process);
                StringBuilder out = new StringBuilder();
                try (BufferedReader lines = process.inputReader(UTF_8)) {
                    for (String next = lines.readLine(); next != null; next = lines.readLine()) {
                        line.accept(next);
                        if (out.length() < MAX_SAID) {
                            out.append(next).append('\n');
                        }
                    }
                }
                await(process, limit, command);
                return new Said(process.exitValue(), out.toString(), last(wrong));
            } finally {
                Files.delete(wrong);
            }
        } catch (IOException e) {
            throw failed(command, e.getMessage(), e);
        }
    }

    private static ProcessBuilder begin(List<String> command, Map<String, String> more) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(more);
        return builder;
    }

    private static void await(Process process, Duration limit, List<String> command) throws BackupException {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroy();
        }
        throw failed(command, "it has not ended within " + limit.toSeconds() + " s", null);
    }

    private static BackupException failed(List<String> command, String why, Throwable cause) {
        return BackupException.device("firmware.updater", command.getFirst(), "the program " + command.getFirst() + " of the system can't be used: " + why, cause);
    }

    private static String head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_SAID), UTF_8);
        }
    }

    /** Programs tell what they do as well: what is wrong comes last, but for lines of a library that name its own code. */
    private static String last(Path file) throws IOException {
        return head(file).lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("rauc-Message") && !line.contains(":error:")).reduce("", (one, other) -> other);
    }
}
