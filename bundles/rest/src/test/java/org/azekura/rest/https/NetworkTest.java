package org.azekura.rest.https;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.azekura.rest.call.Refusal;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a Jetty that listens with the key of a home. */
class NetworkTest {

    static final TrustManager[] ANYBODY = {new Anybody()};

    @TempDir
    Path home;
    private final Server server = new Server();
    private ServerConnector connector;
    private ConsoleKey key;
    private Network network;

    @BeforeEach
    void listen() throws Exception {
        key = ConsoleKey.ensure(home.resolve("tls"), "host-1");
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(key.keyStore().toString());
        tls.setKeyStorePassword(key.password());
        var http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
        connector = new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        network = new Network(new HttpsSettings("127.0.0.1", connector.getLocalPort()), key, "host-1");
        network.serves(server);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void servesACertificateFromElsewhereWithTheNextConnection() throws Exception {
        Signed signed = Signed.by("Test Authority", Instant.now(), "backup.example.org", "*.lab.example.org");
        String before = answer("localhost").fingerprint();
        assertTrue(network.state().certificate().own());
        var state = network.replace(signed.chain(), signed.key());
        Answer answer = answer("backup.example.org");
        assertEquals("404", answer.status());
        assertEquals(state.certificate().fingerprint(), answer.fingerprint());
        assertNotEquals(before, answer.fingerprint());
        assertFalse(state.certificate().own());
        assertEquals(List.of("backup.example.org", "*.lab.example.org"), state.certificate().names());
        for (String host : List.of("localhost", "127.0.0.1", "host-1", "one.lab.example.org", "[::1]")) {
            assertEquals("404", answer(host).status(), host);
        }
        for (String host : List.of("evil.example.com", "example.org", "a.b.lab.example.org")) {
            assertEquals("400", answer(host).status(), host);
        }
        assertEquals(key.certificate(), ConsoleKey.ensure(home.resolve("tls"), "host-1").certificate(), "a later start has it, too");
        assertTrue(network.renew().certificate().own());
        assertEquals(network.state().certificate().fingerprint(), answer("localhost").fingerprint());
    }

    @Test
    void refusesWhatABrowserWouldNotTakeAndSaysWhy() throws Exception {
        Signed signed = Signed.by("Test Authority", Instant.now(), "backup.example.org");
        Signed other = Signed.by("Test Authority", Instant.now(), "backup.example.org");
        Signed old = Signed.by("Test Authority", Instant.now().minusSeconds(400 * 86_400L), "backup.example.org");
        byte[] before = Files.readAllBytes(key.keyStore());
        refused(signed.chain(), other.key(), "is not that of the first certificate");
        refused(old.chain(), old.key(), "is good from");
        refused(Signed.by("Test Authority", Instant.now()).chain(), signed.key(), "is not that of");
        refused("nothing", signed.key(), "has 0 certificates");
        refused(signed.chain(), "nothing", "has no private key");
        refused(signed.chain(), signed.chain(), "has no private key");
        Signed nameless = Signed.by("Test Authority", Instant.now());
        refused(nameless.chain(), nameless.key(), "names no host");
        refused(signed.leaf() + other.leaf(), signed.key(), "can't be used");
        assertEquals(HexFormat.of().formatHex(before), HexFormat.of().formatHex(Files.readAllBytes(key.keyStore())));
    }

    private void refused(String certificate, String secret, String why) {
        Refusal refusal = assertThrows(Refusal.class, () -> network.replace(certificate, secret));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private record Answer(String status, String fingerprint) {}

    private Answer answer(String host) throws Exception {
        SSLContext all = SSLContext.getInstance("TLSv1.3");
        all.init(null, ANYBODY, null);
        try (SSLSocket socket = (SSLSocket) all.getSocketFactory().createSocket("127.0.0.1", connector.getLocalPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String status = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).split(" ")[1];
            return new Answer(status, Certified.of((X509Certificate) socket.getSession().getPeerCertificates()[0]).fingerprint());
        }
    }

    private static final class Anybody implements X509TrustManager {

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
