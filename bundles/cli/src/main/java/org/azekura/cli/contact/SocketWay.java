package org.azekura.cli.contact;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
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
        return new Exchange(method, target, token, body).over(new SocketStream(channel, silence_ms), Exchange.PATIENCE_MS);
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
}
