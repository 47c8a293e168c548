package org.azekura.server.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;

/**
 * Asks for what only the system may do: one line in, lines out, the last one {@code ok} or {@code refused WHY}.
 *
 * @param socket where it listens
 */
public record SystemDoor(Path socket) {

    private static final int MAX_LINES = 1000;

    /** @throws BackupException {@code firmware.system} */
    public void ask(String verb) throws BackupException {
        String last = lines(verb).getLast();
        if (!last.equals("ok")) {
            throw failed(verb, last, null);
        }
    }

    /**
     * All that it answers, the last line too: what that is the caller knows.
     *
     * @throws BackupException {@code firmware.system}: nobody answers
     */
    public List<String> lines(String request) throws BackupException {
        List<String> lines = new ArrayList<>();
        String verb = request.split(" ", 2)[0];
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer line = ByteBuffer.wrap((request + "\n").getBytes(UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            BufferedReader answer = new BufferedReader(Channels.newReader(channel, UTF_8));
            for (String next = answer.readLine(); next != null && lines.size() < MAX_LINES; next = answer.readLine()) {
                lines.add(next);
            }
        } catch (IOException e) {
            throw failed(verb, e.getMessage(), e);
        }
        if (lines.isEmpty()) {
            throw failed(verb, "it says nothing", null);
        }
        return lines;
    }

    private BackupException failed(String verb, String why, Throwable cause) {
        return BackupException.device("firmware.system", verb, "the system does not do \"" + verb + "\", asked at " + socket + ": " + why, cause);
    }
}
