package org.azekura.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files in {@code src/test/resources/golden} that show a format byte for byte. {@code -Dgolden.write=true} writes those that are not there;
 * one that is there is never written again: a changed format gets a file beside it.
 */
public final class Golden {

    private Golden() {}

    public static byte[] read(String name) {
        Path file = Path.of("src/test/resources/golden", name);
        try (InputStream in = Files.exists(file) ? Files.newInputStream(file) : Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new AssertionError("there is no golden file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void check(String name, byte[] written) {
        Path file = Path.of("src/test/resources/golden", name);
        if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
            try {
                Files.write(file, written);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return;
        }
        assertArrayEquals(read(name), written, name);
    }
}
