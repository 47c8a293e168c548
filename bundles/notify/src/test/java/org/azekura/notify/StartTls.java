package org.azekura.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** GreenMail can't seal a line that began in clear: this does it in front of it. */
final class StartTls implements AutoCloseable {

    /** The words that were said before the line was sealed. */
    final List<String> inClear = new CopyOnWriteArrayList<>();
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final SSLContext tls;
    private final int behind;

    StartTls(SSLContext tls, int behind) throws IOException {
        this.tls = tls;
        this.behind = behind;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        try (Socket clear = listening.accept(); Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            say(clear, "220 front");
            answer(clear, "250-front\r\n250 STARTTLS");
            answer(clear, "220 go on");
            try (SSLSocket sealed = (SSLSocket) tls.getSocketFactory().createSocket(clear, null, clear.getPort(), false)) {
                sealed.setUseClientMode(false);
                line(server.getInputStream());
                Thread back = Thread.ofVirtual().start(() -> pump(server, sealed));
                pump(sealed, server);
                back.join();
            }
        } catch (IOException | InterruptedException e) {
            // the test sees what is missing
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.close();
        } catch (IOException e) {
            // one of them has left
        }
    }

    private void answer(Socket socket, String answer) throws IOException {
        inClear.add(line(socket.getInputStream()).split(" ")[0]);
        say(socket, answer);
    }

    /** Not one byte beyond it: what follows may be sealed. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void say(Socket socket, String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
