package org.azekura.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A host that takes connections; the test is both sides. */
final class Host implements AutoCloseable {

    static final int PATIENCE_MS = 20_000;

    private final BlockingQueue<Socket> came = new LinkedBlockingQueue<>();
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Host() throws IOException {
        Thread.ofPlatform().daemon().name("host").start(() -> {
            try {
                while (true) {
                    came.add(listener.accept());
                }
            } catch (IOException e) {
                return;
            }
        });
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** The next that came in. */
    Socket accepted() throws IOException, InterruptedException {
        Socket socket = came.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
        if (socket == null) {
            throw new AssertionError("nobody came");
        }
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    static Socket dial(TcpProxy proxy) throws IOException {
        Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
