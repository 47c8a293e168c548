package org.azekura.testkit.net;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Where sockets are made: in the network of this process, or in another one that it can enter. */
public interface Sockets {

    /** The network of this process. */
    Sockets HERE = new Sockets() {
        @Override
        public ServerSocketChannel server() throws IOException {
            return ServerSocketChannel.open();
        }

        @Override
        public SocketChannel client() throws IOException {
            return SocketChannel.open();
        }
    };

    /** Not bound. */
    ServerSocketChannel server() throws IOException;

    /** Neither bound nor connected. */
    SocketChannel client() throws IOException;

    /** The same where {@link #server} makes its own, to hold a port there. */
    default SocketChannel holder() throws IOException {
        return client();
    }
}
