package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A computer that is switched on. @param monitor the socket at which QEMU takes orders to its hardware */
record Running(Process process, Console console, Path monitor) implements AutoCloseable {

    private static final Duration OFF = Duration.ofMinutes(5);
    private static final String PROMPT = "(qemu) ";

    /** Changes the hardware, in the words of QEMU's monitor, and returns what it says to that when it is done. */
    String hardware(String order) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(monitor));
            answer(channel);
            channel.write(ByteBuffer.wrap((order + "\n").getBytes(StandardCharsets.US_ASCII)));
            String answer = answer(channel);
            if (answer.contains("Error")) {
                throw new IOException(order + ": " + answer);
            }
            return answer;
        }
    }

    /** Up to its next prompt, or its end. */
    private static String answer(SocketChannel channel) throws IOException {
        ByteBuffer said = ByteBuffer.allocate(1 << 16);
        String answer = "";
        while (!answer.endsWith(PROMPT) && channel.read(said) >= 0) {
            answer = new String(said.array(), 0, said.position(), StandardCharsets.ISO_8859_1);
        }
        return answer;
    }

    /** Waits until it has switched itself off. */
    void off() {
        try {
            assertTrue(process.waitFor(OFF.toSeconds(), TimeUnit.SECONDS), "the machine is not off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As when the mains fail. */
    @Override
    public void close() {
        process.destroyForcibly();
        off();
    }
}
