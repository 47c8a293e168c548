package org.azekura.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * The appliance's REST interface. {@code HttpsURLConnection}, because it needs a third of the start-up work of
 * {@code java.net.http} and a command makes few requests.
 */
final class Rest {

    static final JsonMapper JSON = new JsonMapper();

    private static final int CONNECT_MS = 10_000;
    /** Longer than what the appliance itself waits for a device. */
    private static final int READ_MS = 50_000;

    static {
        // a POST that is sent twice would make two jobs
        System.setProperty("sun.net.http.retryPost", "false");
        // for the name below
        System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
    }

    private final Contact contact;
    private final SSLSocketFactory sockets;

    Rest(Contact contact) {
        this.contact = contact;
        this.sockets = contact.pin().context().getSocketFactory();
    }

    String url() {
        return contact.url().toString();
    }

    String token() {
        return contact.token();
    }

    /** @param path below the root, encoded, like {@code jobs/1} */
    JsonNode get(String path) {
        return json(send("GET", path, null, READ_MS));
    }

    JsonNode post(String path, ObjectNode body) {
        return json(send("POST", path, body, READ_MS));
    }

    JsonNode delete(String path) {
        return json(send("DELETE", path, null, READ_MS));
    }

    /** For an answer that may be too large for memory. */
    JsonParser stream(String path) throws IOException {
        return JSON.createParser(send("GET", path, null, READ_MS).getInputStream());
    }

    /** For what answers in plain text. */
    String postForText(String path) {
        HttpsURLConnection connection = send("POST", path, null, READ_MS);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** @param silence_ms longest time without a byte, before the stream fails */
    EventReader events(String path, int silence_ms) {
        HttpsURLConnection connection = send("GET", path, null, silence_ms);
        try {
            return new EventReader(connection);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpsURLConnection send(String method, String path, ObjectNode body, int read_ms) {
        try {
            HttpsURLConnection connection = (HttpsURLConnection) contact.url().resolve("/api/v1/" + path).toURL().openConnection();
            connection.setSSLSocketFactory(sockets);
            // the certificate itself is pinned
            connection.setHostnameVerifier((host, session) -> true);
            connection.setConnectTimeout(Math.min(CONNECT_MS, read_ms));
            connection.setReadTimeout(read_ms);
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            // Jetty answers only to names in the certificate, made when the host may have had others; this one is always in it
            connection.setRequestProperty("Host", "localhost");
            connection.setRequestProperty("Authorization", "Bearer " + contact.token());
            if (method.equals("POST")) {
                byte[] bytes = body == null ? new byte[0] : JSON.writeValueAsBytes(body);
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                connection.setFixedLengthStreamingMode(bytes.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            }
            if (connection.getResponseCode() >= 300) {
                throw problem(connection);
            }
            return connection;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private JsonNode json(HttpsURLConnection connection) {
        try (InputStream in = connection.getInputStream()) {
            return JSON.readTree(in);
        } catch (JacksonException e) {
            throw CommandFailure.failed("what " + url() + " answers is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private CommandFailure problem(HttpsURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = connection.getErrorStream()) {
            JsonNode problem = in == null ? null : JSON.readTree(in);
            if (problem != null && problem.has("code")) {
                return new RestProblem(status, problem).failure();
            }
        } catch (JacksonException e) {
            // not ours: a proxy, or the HTTP server itself
        }
        if (status == 401) {
            // HttpURLConnection drops the body of this answer to a POST
            return new CommandFailure(Exit.REFUSED, url() + " refuses the token");
        }
        return CommandFailure.failed(url() + " answers " + status + " " + connection.getResponseMessage());
    }

    private CommandFailure broken(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return CommandFailure.unreachable(url() + " is not the appliance expected: " + cause.getMessage(), e);
            }
        }
        String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return CommandFailure.unreachable("the appliance at " + url() + " cannot be reached: " + what, e);
    }
}
