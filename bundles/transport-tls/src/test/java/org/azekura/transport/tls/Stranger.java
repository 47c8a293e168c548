package org.azekura.transport.tls;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.azekura.api.identity.Identity;

/** Who dials a process without being one of ours, or behaves as none of ours does. */
final class Stranger {

    /** Certificates that were shown. */
    static final AtomicInteger SHOWN = new AtomicInteger();
    private static final TrustManager EVERYBODY = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            SHOWN.incrementAndGet();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    private Stranger() {}

    /** Sends bytes and gives back all that comes until the end. */
    static byte[] plain(InetSocketAddress to, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(to.getAddress(), to.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes);
            return socket.getInputStream().readAllBytes();
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** @param as null: without a certificate */
    static SSLContext context(Identity as) throws Exception {
        KeyManager[] keys = null;
        if (as != null) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", as.key(), new char[0], new Certificate[] {as.certificate()});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {EVERYBODY}, null);
        return context;
    }

    /** A TLS socket of the JDK, before its handshake. */
    static SSLSocket socket(SSLContext context, InetSocketAddress to, String version, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(to.getAddress().getHostAddress(), to.getPort());
        socket.setSoTimeout(20_000);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** Says something and expects that the connection ends before a byte comes. */
    static boolean isRefused(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            socket.getOutputStream().write(ascii("hello"));
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** A link with our own means, before anything is said. */
    static Link link(InetSocketAddress to, Identity as) throws Exception {
        Wire wire = new Wire(SocketChannel.open(to), new Credential(as, new Trust()).engine(true));
        wire.handshake();
        return new Link(wire);
    }

    static Greeting.Answer greet(Link link, Greeting greeting) throws Exception {
        link.write(greeting.encode());
        return Greeting.Answer.decode(link.message());
    }

    static Greeting greeting(int id, String self) {
        return new Greeting("%032x".formatted(id), false, 0, "server", self);
    }

    /** Reads until the other side ends the link. */
    static void awaitEnd(Link link) {
        try {
            while (link.fill()) {
                link.in().position(link.in().limit());
            }
        } catch (IOException e) {
            return;
        }
    }

    static ByteBuffer bytes(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            buffer.put((byte) b);
        }
        return buffer.flip();
    }
}
