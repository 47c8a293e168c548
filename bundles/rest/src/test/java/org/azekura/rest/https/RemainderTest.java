package org.azekura.rest.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Callers that send all they have before they look for an answer; the server answers at once, and reads nothing. */
@Timeout(300)
class RemainderTest {

    private static final int LENGTH = 12 << 20;

    @TempDir
    Path home;
    private final Server server = new Server(new QueuedThreadPool(8));

    @BeforeEach
    void answer() {
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (Request.getPathInContext(request).equals("/read")) {
                    Content.Source.consumeAll(request);
                }
                response.setStatus(409);
                Content.Sink.write(response, true, "not now", callback);
                return true;
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private ServerConnector listen(ServerConnector connector) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        return connector;
    }

    private Socket connect(Remainder remainder) throws Exception {
        return connect(listen(remainder).getLocalPort());
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(120_000);
        return socket;
    }

    private ServerConnector listen(Remainder remainder) throws Exception {
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration().addCustomizer(remainder);
        return listen(connector);
    }

    private static void head(OutputStream out, String path, String length) throws IOException {
        out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void send(OutputStream out, int bytes) throws IOException {
        byte[] piece = new byte[64 << 10];
        for (int sent = 0; sent < bytes; sent += piece.length) {
            out.write(piece);
        }
        out.flush();
    }

    private static void sendsAllBeforeItLooks(OutputStream out, InputStream in) throws IOException {
        head(out, "/", "Content-Length: " + LENGTH);
        send(out, LENGTH);
        String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        assertTrue(answer.startsWith("HTTP/1.1 409") && answer.endsWith("not now"), answer);
    }

    @Test
    void whoSendsOnOverTheNetworkSeesTheAnswer() throws Exception {
        ConsoleKey key = ConsoleKey.ensure(home.resolve("tls"), "host-1");
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(key.keyStore().toString());
        tls.setKeyStorePassword(key.password());
        ServerConnector connector = listen(new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory()));
        new Network(new HttpsSettings("127.0.0.1", connector.getLocalPort()), key, "host-1").serves(server);
        SSLContext all = SSLContext.getInstance("TLSv1.3");
        all.init(null, NetworkTest.ANYBODY, null);
        try (Socket socket = all.getSocketFactory().createSocket("127.0.0.1", connector.getLocalPort())) {
            socket.setSoTimeout(120_000);
            sendsAllBeforeItLooks(socket.getOutputStream(), socket.getInputStream());
        }
    }

    @Test
    void whoSendsOnThroughTheDoorOfTheHomeSeesTheAnswer() throws Exception {
        server.start();
        Connector door = LocalDoor.of(home).createConnector(server);
        server.addConnector(door);
        door.start();
        try (SocketChannel owner = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            owner.connect(UnixDomainSocketAddress.of(home.resolve("run/socket")));
            sendsAllBeforeItLooks(Channels.newOutputStream(owner), Channels.newInputStream(owner));
        }
    }

    @Test
    void whoDoesNotSayHowMuchHeSendsSeesTheAnswer() throws Exception {
        try (Socket socket = connect(new Remainder())) {
            OutputStream out = socket.getOutputStream();
            head(out, "/", "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(LENGTH));
            send(out, LENGTH);
            assertTrue(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).endsWith("not now"));
        }
    }

    @Test
    void whatWasReadLeavesTheConnectionForTheNextCall() throws Exception {
        try (Socket socket = connect(new Remainder())) {
            OutputStream out = socket.getOutputStream();
            for (int call = 0; call < 3; call++) {
                head(out, "/read", "Content-Length: " + LENGTH);
                send(out, LENGTH);
            }
            head(out, "/", "Connection: close\r\nContent-Length: 0");
            assertEquals(5, new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split("HTTP/1.1 409").length);
        }
    }

    @Test
    void notForEverAndNotEverythingIsRead() throws Exception {
        for (Remainder remainder : List.of(new Remainder(1 << 20, Duration.ofMillis(500)), new Remainder(Long.MAX_VALUE, Duration.ofMillis(500)))) {
            try (Socket socket = connect(remainder)) {
                head(socket.getOutputStream(), "/", "Transfer-Encoding: chunked\r\n\r\n7fffffff");
                assertThrows(IOException.class, () -> send(socket.getOutputStream(), Integer.MAX_VALUE - (64 << 10)));
            }
            stop();
            server.removeConnector(server.getConnectors()[0]);
        }
    }

    @Test
    void whoStopsSendingHoldsNoThread() throws Exception {
        int port = listen(new Remainder(1 << 20, Duration.ofMinutes(10))).getLocalPort();
        List<Socket> stopped = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                Socket socket = connect(port);
                stopped.add(socket);
                head(socket.getOutputStream(), "/", "Content-Length: " + LENGTH);
                send(socket.getOutputStream(), 128 << 10);
                assertTrue(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).endsWith("not now"), "it has ended its side");
            }
        } finally {
            for (Socket socket : stopped) {
                socket.close();
            }
        }
    }
}
