package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The REST interface, for what the command line would mend or refuse before the appliance sees it, and for what it is too slow for. */
final class Rest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Of each home, for questions that are asked again and again: to make one and to greet costs twenty times as much as the question. */
    private static final Map<Path, HttpClient> ASKING = new ConcurrentHashMap<>();

    private Rest() {}

    static HttpResponse<String> post(Azekura azekura, String noun, Object body) throws Exception {
        return send(azekura, request(azekura, noun).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(body))).build());
    }

    /** As a browser calls, without the token of the home. @param headers names and values in turn */
    static HttpResponse<String> browse(Azekura azekura, String method, String noun, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(azekura, noun)).timeout(LIMIT).method(method, HttpRequest.BodyPublishers.ofString(body));
        return send(azekura, (headers.length == 0 ? request : request.headers(headers)).build());
    }

    /** What a command would say with {@code --json}, within milliseconds. */
    static JsonNode get(Azekura azekura, String noun) throws Exception {
        HttpClient client = ASKING.computeIfAbsent(azekura.home, home -> {
            try {
                return client(azekura);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        HttpResponse<String> answer = client.send(request(azekura, noun).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
        return new ObjectMapper().readTree(answer.body());
    }

    private static HttpRequest.Builder request(Azekura azekura, String noun) throws Exception {
        return HttpRequest.newBuilder(url(azekura, noun)).timeout(LIMIT).header("Authorization", "Bearer " + Files.readString(azekura.home.resolve("token")).strip());
    }

    static URI url(Azekura azekura, String noun) throws Exception {
        return URI.create(Files.readString(azekura.home.resolve("run/url")).strip() + "/api/v1/" + noun);
    }

    private static HttpResponse<String> send(Azekura azekura, HttpRequest request) throws Exception {
        try (HttpClient client = client(azekura)) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /** Nobody asks there any more. */
    static void forget(Azekura azekura) {
        HttpClient client = ASKING.remove(azekura.home);
        if (client != null) {
            client.shutdownNow();
        }
    }

    /** One for many calls. */
    static HttpClient client(Azekura azekura) throws Exception {
        return HttpClient.newBuilder().connectTimeout(LIMIT).sslContext(trusting(azekura)).build();
    }

    /** Only the appliance's own certificate. */
    private static SSLContext trusting(Azekura azekura) throws Exception {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        try (var pem = Files.newInputStream(azekura.home.resolve("tls/console.pem"))) {
            known.setCertificateEntry("appliance", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
