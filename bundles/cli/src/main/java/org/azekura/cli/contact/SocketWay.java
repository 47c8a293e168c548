package org.azekura.cli.contact;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Through the socket file that an appliance keeps in its home, where it needs no TLS. HTTP/1.1, each request on a connection of its
 * own. Classes of TLS, certificates and URLs, most of what a short command would do, are not even loaded.
 */
final class SocketWay implements Way {

    private static final int PIECE_BYTES = 64 << 10;

    private final Path file;
    private final Supplier<Way> network;

    /** @param network taken if nobody listens at the file: it was left behind, or its path is too long */
    SocketWay(Path file, Supplier<Way> network) {
        this.file = file;
        this.network = network;
    }

    @Override
    public Answer send(String method, String target, String token, Body body, int silence_ms) throws IOException {
        SocketChannel channel = connect();
        if (channel == null) {
            return network.get().send(method, target, token, body, silence_ms);
        }
        SocketStream stream = new SocketStream(channel, silence_ms);
        try {
            stream.write(request(method, target, token, body));
            if (body != null && body.file() != null) {
                send(body.file(), stream);
            }
            return AnswerReader.read(stream);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Null if nobody listens, or its queue is full. */
    private SocketChannel connect() {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.configureBlocking(false);
                if (channel.connect(UnixDomainSocketAddress.of(file))) {
                    return channel;
                }
            } catch (IOException e) {
                // as if there were no file
            }
            channel.close();
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static void send(Path file, SocketStream stream) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            while (in.read(piece) >= 0) {
                stream.write(piece.flip());
                piece.clear();
            }
        }
    }

    private static ByteBuffer request(String method, String target, String token, Body body) {
        if (!target.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("not encoded: " + target);
        }
        StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
                .append("Authorization: Bearer ").append(token).append("\r\n");
        if (body != null) {
            head.append("Content-Type: ").append(body.type()).append("\r\nContent-Length: ").append(body.length()).append("\r\n");
        }
        byte[] first = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] json = body == null || body.bytes() == null ? new byte[0] : body.bytes();
        return ByteBuffer.allocate(first.length + json.length).put(first).put(json).flip();
    }
}
