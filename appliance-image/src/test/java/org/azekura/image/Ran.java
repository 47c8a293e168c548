package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that has ended: its exit code, and what it said with its errors. */
record Ran(int code, String said) {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    static Ran of(String... command) {
        return with(Map.of(), command);
    }

    static Ran with(Map<String, String> environment, String... command) {
        return with(LIMIT, environment, command);
    }

    /** @param environment beyond this process's own */
    static Ran with(Duration limit, Map<String, String> environment, String... command) {
        try {
            Path out = Files.createTempFile("ran", null);
            try {
                var builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(out.toFile()).redirectInput(Path.of("/dev/null").toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                try {
                    assertTrue(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS), () -> command[0] + " does not end");
                } finally {
                    process.destroyForcibly();
                }
                return new Ran(process.exitValue(), Files.readString(out, StandardCharsets.ISO_8859_1));
            } finally {
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Ran ok() {
        assertEquals(0, code, said);
        return this;
    }

    Ran failed() {
        assertTrue(code != 0, () -> "it should have failed: " + said);
        return this;
    }
}
