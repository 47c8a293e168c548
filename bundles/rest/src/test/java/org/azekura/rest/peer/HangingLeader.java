package org.azekura.rest.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Takes calls and answers none. */
public final class HangingLeader implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> taken = new CopyOnWriteArrayList<>();
    /** One for each call. */
    public final Semaphore asked = new Semaphore(0);

    public HangingLeader() throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    taken.add(socket.accept());
                    asked.release();
                }
            } catch (IOException e) {
                // it is over
            }
        });
    }

    public String place() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }

    public void hangUp() throws IOException {
        socket.close();
        for (Socket one : taken) {
            one.close();
        }
    }
}
