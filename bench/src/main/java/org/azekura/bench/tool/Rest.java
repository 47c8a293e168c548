package org.azekura.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The REST interface over one connection that stays, as a console has it. */
public final class Rest implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String url;
    private final String token;
    private final HttpClient client;

    public Rest(Home home) throws IOException {
        url = Files.readString(home.home().resolve("run/url")).strip() + "/api/v1/";
        token = Files.readString(home.home().resolve("token")).strip();
        client = HttpClient.newBuilder().connectTimeout(LIMIT).sslContext(trusting(home)).build();
    }

    private static SSLContext trusting(Home home) throws IOException {
        try (InputStream pem = Files.newInputStream(home.home().resolve("tls/console.pem"))) {
            KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
            known.load(null, null);
            known.setCertificateEntry("appliance", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** An answer and how long it took, to its last byte. */
    public record Answer(JsonNode body, Duration wall) {}

    /** @throws IOException if the answer is not 200 */
    public Answer get(String noun) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + noun)).timeout(LIMIT).header("Authorization", "Bearer " + token).build();
        long began = System.nanoTime();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        Duration wall = Duration.ofNanos(System.nanoTime() - began);
        if (response.statusCode() != 200) {
            throw new IOException(noun + " is answered with " + response.statusCode() + ": " + response.body());
        }
        return new Answer(new ObjectMapper().readTree(response.body()), wall);
    }

    @Override
    public void close() {
        client.close();
    }
}
