package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The appliance in the machine as others reach it: a browser, and the command line of this machine. */
final class Remote {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** For what sends or reads much. */
    private static final Duration LONG = Duration.ofMinutes(15);
    private static final String PASSWORD = "a long enough sentence for a test";

    private final String url;
    private HttpClient client;
    /** Of the certificate: the first that is shown is the only one from then on. */
    private String fingerprint;
    private String token;

    Remote(int port) throws GeneralSecurityException {
        url = "https://127.0.0.1:" + port;
        connectAgain();
    }

    /** The connections that are open lead nowhere: the machine was another meanwhile. */
    void connectAgain() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Pinned()}, null);
        client = HttpClient.newBuilder().sslContext(context).connectTimeout(LIMIT).build();
    }

    private void judge(X509Certificate certificate) throws CertificateException {
        try {
            String shown = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
            if (fingerprint == null) {
                fingerprint = shown;
            }
            if (!fingerprint.equals(shown)) {
                throw new CertificateException("another certificate");
            }
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    /** After a factory reset it is another appliance. */
    void forget() {
        fingerprint = null;
        token = null;
    }

    HttpResponse<String> send(String method, String noun, Object body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + noun)).timeout(LIMIT).header("Content-Type", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    /** As a browser does with the password of the screen: it has to choose its own, and then makes a token for the command line. */
    void logIn(String once) throws IOException, InterruptedException {
        HttpResponse<String> opened = send("POST", "/api/v1/session", Map.of("name", "admin", "password", once));
        assertEquals(201, opened.statusCode(), opened::body);
        assertEquals("password", JSON.readTree(opened.body()).path("duty").asText(), opened::body);
        HttpResponse<String> changed = send("POST", "/api/v1/session/password", Map.of("password", once, "next", PASSWORD), session(opened));
        assertEquals(200, changed.statusCode(), changed::body);
        takeToken(changed);
    }

    /** With the password that was chosen before: it is there again. */
    void logInAgain() throws IOException, InterruptedException {
        HttpResponse<String> opened = send("POST", "/api/v1/session", Map.of("name", "admin", "password", PASSWORD));
        assertEquals(201, opened.statusCode(), opened::body);
        assertEquals("none", JSON.readTree(opened.body()).path("duty").asText(), opened::body);
        takeToken(opened);
    }

    private void takeToken(HttpResponse<String> opened) throws IOException, InterruptedException {
        HttpResponse<String> made = send("POST", "/api/v1/tokens", Map.of("name", "test-" + System.nanoTime(), "role", "admin", "seconds", 0), session(opened));
        assertEquals(201, made.statusCode(), made::body);
        token = JSON.readTree(made.body()).path("token").asText();
    }

    private static String[] session(HttpResponse<String> opened) throws IOException {
        String cookie = opened.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        return new String[] {"Cookie", cookie, "X-CSRF-Token", JSON.readTree(opened.body()).path("csrf").asText()};
    }

    JsonNode get(String noun) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", "/api/v1/" + noun, null, "Authorization", "Bearer " + token);
        assertEquals(200, answer.statusCode(), answer::body);
        return JSON.readTree(answer.body());
    }

    JsonNode post(String noun) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/api/v1/" + noun, Map.of(), "Authorization", "Bearer " + token);
        assertEquals(202, answer.statusCode(), answer::body);
        return JSON.readTree(answer.body());
    }

    /** A whole file; what the appliance says when it has looked through it. */
    JsonNode upload(String noun, Path file) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/" + noun)).timeout(LONG).header("Content-Type", "application/octet-stream")
                .header("Authorization", "Bearer " + token).POST(HttpRequest.BodyPublishers.ofFile(file)).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertEquals(201, answer.statusCode(), answer::body);
        return JSON.readTree(answer.body());
    }

    /** Asks again until it is so. */
    void await(String noun, Predicate<JsonNode> so) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        for (JsonNode said = get(noun); !so.test(said); said = get(noun)) {
            LockSupport.parkNanos(500_000_000);
            JsonNode last = said;
            assertTrue(System.nanoTime() < end, () -> noun + " still says " + last);
        }
    }

    /** The command line of this machine, from the same build. */
    Ran azekura(String... arguments) {
        return Ran.with(LONG, Map.of("AZEKURA_TOKEN", token), command(arguments).toArray(String[]::new));
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Recipe.PROJECT.resolve("azekura").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--url", url, "--fingerprint", fingerprint));
        return command;
    }

    JsonNode json(String... arguments) throws IOException {
        return json(0, arguments);
    }

    /** @param end what the command ends with */
    JsonNode json(int end, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        Ran ran = azekura(all.toArray(String[]::new));
        assertEquals(end, ran.code(), ran::said);
        return JSON.readTree(ran.said().substring(Math.max(0, ran.said().indexOf('{'))));
    }

    /** One file of a snapshot, as a browser fetches it. */
    Path download(String snapshot, String path, Path to) throws IOException, InterruptedException {
        HttpResponse<String> ordered = send("POST", "/api/v1/downloads", Map.of("snapshot", snapshot, "paths", List.of(path), "form", "file"), "Authorization", "Bearer " + token);
        assertEquals(201, ordered.statusCode(), ordered::body);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/downloads/" + JSON.readTree(ordered.body()).path("download").asText())).timeout(LIMIT)
                .header("Authorization", "Bearer " + token).build();
        assertEquals(200, client.send(request, BodyHandlers.ofFile(to)).statusCode());
        return to;
    }

    /** The page of the console. */
    void showsItsPage() throws IOException, InterruptedException {
        HttpResponse<String> page = send("GET", "/", null);
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<title>"), page::body);
    }

    private final class Pinned extends X509ExtendedTrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge(chain[0]);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            throw new CertificateException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            throw new CertificateException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
