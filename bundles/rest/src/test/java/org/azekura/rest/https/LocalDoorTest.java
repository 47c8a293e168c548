package org.azekura.rest.https;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LocalDoorTest {

    /** Answers who comes by the network only when the test says so. */
    private static final class Waiting extends Handler.Abstract {

        private final CountDownLatch free = new CountDownLatch(1);

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (Request.getPathInContext(request).equals("/held")) {
                free.await();
            }
            Content.Sink.write(response, true, "here", callback);
            return true;
        }
    }

    @Test
    @Timeout(300)
    void letsTheOwnerInWhateverHoldsTheThreadsOfTheNetwork(@TempDir Path home) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(8);
        Server server = new Server(threads);
        Waiting waiting = new Waiting();
        server.setHandler(waiting);
        ServerConnector network = new ServerConnector(server, 0, 1);
        network.setHost("127.0.0.1");
        server.addConnector(network);
        server.start();
        Connector door = LocalDoor.of(home).createConnector(server);
        server.addConnector(door);
        door.start();
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                Socket socket = new Socket("127.0.0.1", network.getLocalPort());
                held.add(socket);
                socket.getOutputStream().write("GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            while (threads.getQueueSize() == 0) {
                Thread.onSpinWait();
            }
            try (SocketChannel owner = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                owner.connect(UnixDomainSocketAddress.of(home.resolve("run/socket")));
                owner.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
                assertTrue(new String(Channels.newInputStream(owner).readAllBytes(), StandardCharsets.US_ASCII).endsWith("here"));
            }
        } finally {
            waiting.free.countDown();
            for (Socket socket : held) {
                socket.close();
            }
            server.stop();
        }
    }
}
