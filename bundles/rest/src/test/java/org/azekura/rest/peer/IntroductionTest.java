package org.azekura.rest.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.azekura.api.BackupException;
import org.azekura.rest.https.ServedKey;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over TLS, with the certificate that a console makes for itself. */
class IntroductionTest {

    private final ServedKey served = ServedKey.made();
    private volatile String said = served.fingerprint();

    IntroductionTest() throws Exception {}

    @BeforeEach
    void listen() throws Exception {
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new PeerServlet(Peers.seal("shared"), () -> said)), PeerServlet.PATH);
        served.start(context);
    }

    @AfterEach
    void stop() throws Exception {
        served.stop();
    }

    @Test
    void aServerIsTrustedThatProvesByTheSharedKeyWhichCertificateIsItsOwn() throws Exception {
        URI place = served.place();
        try (HttpClient client = Reach.introduced(Peers.seal("shared")).client(place)) {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(place.resolve("/nothing")).build(), BodyHandlers.ofString());
            assertEquals(404, answer.statusCode());
        }
    }

    @Test
    void whoStandsBetweenOrHasAnotherKeyIsRefused() throws Exception {
        BackupException another = assertThrows(BackupException.class, () -> Reach.introduced(Peers.seal("another")).client(served.place()));
        assertTrue(another.getMessage().contains("other keys"), another.getMessage());
        said = "00" + served.fingerprint().substring(2);
        BackupException between = assertThrows(BackupException.class, () -> Reach.introduced(Peers.seal("shared")).client(served.place()));
        assertEquals("server.foreign", between.failure().code());
    }

    @Test
    void whoAsksNothingFindsNothing() throws Exception {
        try (HttpClient anybody = HttpClient.newBuilder().sslContext(PeerTrust.context(fingerprint -> true)).build()) {
            assertEquals(404, anybody.send(HttpRequest.newBuilder(served.place().resolve(PeerServlet.PATH)).build(), BodyHandlers.discarding()).statusCode());
        }
    }

    @Test
    void anAnswerIsForOneQuestion() throws Exception {
        Introduction one = new Introduction(Peers.seal("shared"));
        Introduction other = new Introduction(Peers.seal("shared"));
        String answer = Introduction.answer(Peers.seal("shared"), one.question(), "f");
        assertEquals("f", one.fingerprint(answer));
        assertThrows(BackupException.class, () -> other.fingerprint(answer));
    }
}
