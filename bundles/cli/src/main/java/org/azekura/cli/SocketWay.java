package org.azekura.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Through the socket file that an appliance keeps in its home, where it needs no TLS. HTTP/1.1, each request on a connection of its
 * own. Classes of TLS, certificates and URLs, most of what a short command would do, are not even loaded.
 */
final class SocketWay implements Way {

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
            send(stream, method, target, token, body);
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

    /** A small request goes out in one piece. */
    private static void send(SocketStream stream, String method, String target, String token, Body body) throws IOException {
        byte[] head = head(method, target, token, body);
        switch (body) {
            case null -> stream.write(ByteBuffer.wrap(head));
            case Body.Bytes(byte[] bytes) -> stream.write(ByteBuffer.allocate(head.length + bytes.length).put(head).put(bytes).flip());
            case Body.Whole whole -> {
                stream.write(ByteBuffer.wrap(head));
                whole.each(stream::write);
            }
        }
    }

    private static byte[] head(String method, String target, String token, Body body) throws IOException {
        if (!target.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("not encoded: " + target);
        }
        StringBuilder head = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
                .append("Authorization: Bearer ").append(token).append("\r\n");
        if (body != null) {
            head.append("Content-Type: ").append(body.type()).append("\r\nContent-Length: ").append(body.length()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
