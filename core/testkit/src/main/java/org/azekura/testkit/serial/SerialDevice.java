package org.azekura.testkit.serial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A device at the end of a {@link PtyPair}: whoever writes to it is answered byte by byte. */
public abstract class SerialDevice implements AutoCloseable {

    private final PtyPair line;

    protected SerialDevice(Path folder) throws IOException, InterruptedException {
        line = new PtyPair(folder);
    }

    /** It is made, and hears. */
    protected final void begin() {
        Thread.ofPlatform().daemon().name("simulated " + getClass().getSimpleName()).start(this::run);
    }

    private void run() {
        try {
            for (int next = line.in().read(); next >= 0; next = line.in().read()) {
                came((byte) next);
            }
        } catch (IOException | UncheckedIOException e) {
            // The line hung up.
        }
    }

    /** The next byte; on the device's own thread. */
    protected abstract void came(byte next);

    /** Sends these characters, each as one byte. */
    protected final void send(String text) {
        try {
            line.out().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a driver opens. */
    public final String port() {
        return line.end().toString();
    }

    /** The cable is pulled, for good. */
    @Override
    public void close() {
        line.close();
    }
}
