package org.azekura.cli.contact;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;

/** The appliance's REST interface. */
public final class Rest {

    /** Longer than what the appliance itself waits for a device. */
    private static final int READ_MS = 50_000;
    private static final int ACCEPTED = 202;

    private final Contact contact;

    public Rest(Contact contact) {
        this.contact = contact;
    }

    public String url() {
        return contact.url().toString();
    }

    public String token() {
        return contact.token();
    }

    /** @param path below the root, encoded, like {@code jobs/1} */
    public JsonNode get(String path) {
        return json(send("GET", path, null, READ_MS));
    }

    public JsonNode post(String path, ObjectNode body) {
        return json(send("POST", path, body, READ_MS));
    }

    /** The same for what takes long. */
    public JsonNode post(String path, ObjectNode body, int silence_ms) {
        return json(send("POST", path, body, silence_ms));
    }

    public JsonNode put(String path, ObjectNode body) {
        return json(send("PUT", path, body, READ_MS));
    }

    /** What is to be kept as a file: fails if it ends before its end. */
    public InputStream download(String path) {
        return send("GET", path, null, READ_MS).body();
    }

    /** Sends a file, which is named in front of why it is refused. */
    public JsonNode upload(String method, String path, Body file) {
        return upload(method, path, file, READ_MS);
    }

    /** The same for one that is looked at for long. */
    public JsonNode upload(String method, String path, Body file, int silence_ms) {
        return json(sendBody(method, path, file, silence_ms));
    }

    public JsonNode delete(String path) {
        return json(send("DELETE", path, null, READ_MS));
    }

    /** For an answer that may be too large for memory. */
    public JsonParser stream(String path) throws IOException {
        return Json.parser(send("GET", path, null, READ_MS).body());
    }

    /** For what answers in plain text. */
    public String postForText(String path) {
        Answer answer = send("POST", path, null, READ_MS);
        try (InputStream in = answer.body()) {
            byte[] said = in.readAllBytes();
            if (answer.status() == ACCEPTED) {
                done(answer, Json.read(new ByteArrayInputStream(said)));
            }
            return new String(said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** @param silence_ms longest time without a byte, before the stream fails */
    public EventReader events(String path, int silence_ms) {
        return new EventReader(send("GET", path, null, silence_ms));
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer send(String method, String path, ObjectNode body, int silence_ms) {
        byte[] bytes = body != null ? Json.bytes(body) : method.equals("POST") ? new byte[0] : null;
        return sendBody(method, path, bytes == null ? null : Body.of(bytes), silence_ms);
    }

    /** An empty name would be the address of the list of all; a slash within one is refused on the way, and nobody says why. */
    private static void requireNames(String path) {
        String address = path.split("\\?", 2)[0];
        if (address.endsWith("/") || address.contains("//")) {
            throw CommandFailure.usage("a name must not be empty");
        }
        if (address.contains("%2F")) {
            throw CommandFailure.usage("a name has no \"/\"");
        }
    }

    private Answer sendBody(String method, String path, Body body, int silence_ms) {
        requireNames(path);
        try {
            Answer answer = contact.way().send(method, "/api/v1/" + path, contact.token(), body, silence_ms);
            if (answer.status() >= 300) {
                CommandFailure problem = problem(answer);
                throw answer.toFile() ? problem.of(body.file()) : problem;
            }
            return answer;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private JsonNode json(Answer answer) {
        try (InputStream in = answer.body()) {
            return done(answer, Json.read(in));
        } catch (JacksonException e) {
            throw CommandFailure.failed("what " + url() + " answers is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Not where what was ordered waits for another admin. */
    private static JsonNode done(Answer answer, JsonNode said) {
        if (answer.status() == ACCEPTED && said.has("request")) {
            throw RequestWords.waits(said);
        }
        return said;
    }

    private CommandFailure problem(Answer answer) throws IOException {
        try (InputStream in = answer.body()) {
            JsonNode problem = Json.read(in);
            if (problem.has("code")) {
                return new RestProblem(answer.status(), problem).failure();
            }
        } catch (JacksonException e) {
            // not ours: a proxy, or the HTTP server itself
        }
        if (answer.status() == 401) {
            // HttpURLConnection drops the body of this answer to a POST
            return new CommandFailure(Exit.REFUSED, url() + " refuses the token");
        }
        String what = url() + " answers " + answer.status() + " " + answer.reason();
        // the web server is there before the appliance is, and stays a little longer
        return answer.status() == 404 || answer.status() == 503
                ? CommandFailure.unreachable(what + ": the appliance is starting or stopping, or this is none", null) : CommandFailure.failed(what);
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
