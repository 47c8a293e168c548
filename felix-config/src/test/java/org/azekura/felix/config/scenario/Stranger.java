package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Somebody on a host who dials others and is not one of them; shares no code with the product. */
record Stranger(Network.Host host) {

    private static final String PROTOCOL = "azekura/1";
    private static final int PATIENCE_MS = 30_000;
    /** Who is let in is waited for: nothing comes until he has said more. */
    private static final int SILENCE_MS = 1_500;

    private Socket dial(String address, int port) throws IOException {
        Socket socket = host.namespace().client().socket();
        socket.connect(new InetSocketAddress(address, port), PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    /** Says this without TLS; answers all that came back until the other side closed. */
    byte[] says(String address, int port, String text) throws IOException {
        try (Socket socket = dial(address, port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException e) {
            return new byte[0];
        }
    }

    /**
     * Begins a conversation with these papers.
     *
     * @param papers  null to show none
     * @param version like {@code TLSv1.3}
     * @param first   what is said when TLS stands; empty for nothing
     * @return what came back before the other side closed, or "let in" if it waits for more
     */
    String dials(String address, int port, Papers papers, String version, byte[] first) throws Exception {
        try (Socket plain = dial(address, port); SSLSocket socket = (SSLSocket) context(papers).getSocketFactory().createSocket(plain, address, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {version});
            parameters.setApplicationProtocols(new String[] {PROTOCOL});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream().write(first);
            socket.setSoTimeout(first.length > 0 ? PATIENCE_MS : SILENCE_MS);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            return "let in";
        } catch (IOException e) {
            return "";
        }
    }

    private static SSLContext context(Papers papers) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(papers == null ? empty() : papers.store(), new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new Anybody()}, null);
        return context;
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** He wants to be let in; whom he meets is all the same to him. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
