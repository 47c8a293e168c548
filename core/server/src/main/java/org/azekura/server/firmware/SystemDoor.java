package org.azekura.server.firmware;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.azekura.api.BackupException;

/**
 * Asks for what only the system may do: one line in, lines out, the last one {@code ok} or {@code refused WHY}.
 *
 * @param socket where it listens
 */
record SystemDoor(Path socket) {

    private static final int MAX_LINES = 1000;

    /** @throws BackupException {@code firmware.system} */
    void ask(String verb) throws BackupException {
        String last = "";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer line = ByteBuffer.wrap((verb + "\n").getBytes(UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            BufferedReader answer = new BufferedReader(Channels.newReader(channel, UTF_8));
            String next = answer.readLine();
            for (int i = 0; next != null && i < MAX_LINES; i++, next = answer.readLine()) {
                last = next;
            }
        } catch (IOException e) {
            throw failed(verb, e.getMessage(), e);
        }
        if (!last.equals("ok")) {
            throw failed(verb, last.isEmpty() ? "it says nothing" : last, null);
        }
    }

    private BackupException failed(String verb, String why, Throwable cause) {
        return BackupException.device("firmware.system", verb, "the system does not do \"" + verb + "\", asked at " + socket + ": " + why, cause);
    }
}
