package org.azekura.testkit.serial;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A cable with two serial ends, made of two pseudo-terminals by {@code socat} (package of that name). One end is for who is tested, by name; the other
 * one is the device's, as two streams.
 */
public final class PtyPair implements AutoCloseable {

    private static final long START_ms = 10_000;

    private final Process socat;
    private final Path end;
    private final InputStream in;
    private final OutputStream out;
    /** Of the host's end, never read: when the last one that has it open leaves, the cable is gone. */
    private final InputStream kept;

    /** Skips the test, loudly, where there is no {@code socat}. @param folder where the ends get their names */
    public PtyPair(Path folder) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of("/usr/bin/socat"));
        if (!there) {
            System.out.println("*** NOT TESTED: what needs a serial line: the Debian package socat is missing");
        }
        assumeTrue(there, "socat is missing");
        end = folder.resolve("ttyHost");
        Path device = folder.resolve("ttyDevice");
        Files.deleteIfExists(end);
        Files.deleteIfExists(device);
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + end, "pty,raw,echo=0,link=" + device)
                .redirectErrorStream(true).redirectOutput(folder.resolve("socat.out").toFile()).start();
        for (long limit = System.nanoTime() + START_ms * 1_000_000; !Files.exists(device) || !Files.exists(end);) {
            if (System.nanoTime() > limit || socat.waitFor(10, TimeUnit.MILLISECONDS)) {
                close(socat);
                throw new IOException("socat made no terminals: " + Files.readString(folder.resolve("socat.out")));
            }
        }
        kept = new FileInputStream(end.toFile());
        in = new FileInputStream(device.toFile());
        out = new FileOutputStream(device.toFile());
    }

    /** The end of who is tested. */
    public Path end() {
        return end;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Both ends hang up. */
    @Override
    public void close() {
        close(socat);
        try (kept; out) {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
