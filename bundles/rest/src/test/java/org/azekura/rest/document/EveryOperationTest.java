package org.azekura.rest.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.azekura.api.access.Right;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.Job;
import org.azekura.rest.RestServer;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Walks the document: nobody, the wrong role and odd values are refused by every operation, and none of them is a fault of ours. */
@Timeout(300)
class EveryOperationTest {

    private static final Map<String, String> THERE = Map.of("snapshot", "0193b2c4", "job", "1", "client", "host", "pool", "default", "saveSet", "docs", "policy", "daily", "target", "ops", "notice", "5");
    private static final String[] ODD = {"", "-1", "0", "1e308", "10000000000000000000", "..", "a b", "\u0000", "\n", "\ufffd", "%", "null", "[]", "{}", "'\"<>", "x".repeat(3000), "caf\u00e9",
        "\ud83d\ude00", "/", "\\", "a,b"};

    @AutoClose
    private static final RestServer SERVER = RestServer.start();
    private static JsonNode document;

    private record Operation(String method, String path, JsonNode node) {}

    @BeforeAll
    static void start() throws Exception {
        document = Json.MAPPER.readTree(SERVER.get("/openapi.json").body());
    }

    private static List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(one -> all.add(
                new Operation(one.getKey().toUpperCase(Locale.ROOT), path.getKey(), one.getValue()))));
        assertTrue(all.size() > 80, () -> all.size() + " operations");
        return all;
    }

    private static String path(Operation operation) {
        String path = operation.path();
        for (Map.Entry<String, String> there : THERE.entrySet()) {
            path = path.replace("{" + there.getKey() + "}", there.getValue());
        }
        return path.replaceAll("\\{[^}]*}", "1");
    }

    @Test
    void refusesWhoIsNobody() throws Exception {
        for (Operation operation : operations()) {
            HttpResponse<String> answer = SERVER.client.send(SERVER.request(Route.ROOT + path(operation)).method(operation.method(), BodyPublishers.noBody()).build(), BodyHandlers.ofString());
            assertEquals(401, answer.statusCode(), operation.method() + operation.path());
        }
    }

    @Test
    void refusesEachRoleThatHasNoneOfTheRights() throws Exception {
        for (Operation operation : operations()) {
            for (Role role : Role.values()) {
                List<Right> rights = new ArrayList<>();
                operation.node().path("x-rights").forEach(right -> rights.add(Right.valueOf(right.asText().toUpperCase(Locale.ROOT))));
                assertFalse(rights.isEmpty());
                if (rights.stream().noneMatch(role::may)) {
                    assertEquals(403, SERVER.as(role.word() + " host", operation.method(), path(operation), null).statusCode(), role + operation.method() + operation.path());
                }
            }
        }
    }

    @Test
    void answersWhatIsOfAnotherClientAsNotThere() throws Exception {
        SERVER.fake.job(1, Job.State.RUNNING);
        for (Operation operation : operations()) {
            if (operation.path().matches(".*\\{(snapshot|job|client|saveSet|policy)}.*") && !operation.node().path("x-of-all").asBoolean()
                    && !operation.node().path("x-rights").toString().equals("[\"administer\"]")) {
                String query = operation.path().endsWith("differences") ? "?to=0193b2c4" : "";
                ObjectNode body = new OddBodies(document).fitting(operation.node()).stream().findFirst().orElse(null);
                HttpResponse<String> answer = SERVER.as("operator other", operation.method(), path(operation) + query, body == null ? null : body.toString());
                assertEquals(404, answer.statusCode(), operation.method() + operation.path() + answer.body());
            }
        }
    }

    @Test
    void takesOddNamesAndParametersForWhatTheyAre() throws Exception {
        for (Operation operation : operations()) {
            for (String odd : ODD) {
                String value = URLEncoder.encode(odd, StandardCharsets.UTF_8).replace("+", "%20").replace("..", "%2e%2e");
                if (operation.path().contains("{")) {
                    check(operation, operation.path().replaceAll("\\{[^}]*}", value), null);
                }
                for (JsonNode parameter : operation.node().path("parameters")) {
                    if (parameter.path("in").asText().equals("query") && !operation.path().equals("/events")) {
                        check(operation, path(operation) + "?" + parameter.path("name").asText() + "=" + value, null);
                    }
                }
            }
            assertEquals(400, send(operation, path(operation) + "?nothing=1", null).statusCode(), operation.path());
        }
    }

    @Test
    void takesOddBodiesForWhatTheyAre() throws Exception {
        OddBodies bodies = new OddBodies(document);
        int sent = 0;
        for (Operation operation : operations()) {
            for (ObjectNode fitting : bodies.fitting(operation.node())) {
                for (String odd : bodies.odd(fitting)) {
                    check(operation, path(operation), odd);
                    sent++;
                }
                String text = fitting.toString();
                String field = fitting.fieldNames().next();
                refuses(operation, text.replaceFirst("\\{", "{\"colour\":1,"));
                refuses(operation, text.replaceFirst("\\{", "{\"" + field + "\":1,"));
                refuses(operation, text.substring(0, text.length() - 1));
                refuses(operation, text + text);
                refuses(operation, "[" + text + "]");
                refuses(operation, "{\"" + field + "\":" + "[".repeat(100_000));
                refuses(operation, "{\"" + field + "\":" + "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_001));
                refuses(operation, "{\"" + field + "\":\"" + "x".repeat(1 << 20) + "\"}");
                refuses(operation, "\u0000");
            }
        }
        assertTrue(sent > 1000, "only " + sent);
    }

    private static void refuses(Operation operation, String body) throws Exception {
        HttpResponse<String> answer = check(operation, path(operation), body);
        assertTrue(answer.statusCode() >= 400, () -> operation.method() + operation.path() + " took " + body.substring(0, Math.min(200, body.length())));
    }

    /** Done, or refused with a problem: never a fault of ours. */
    private static HttpResponse<String> check(Operation operation, String path, String body) throws Exception {
        HttpResponse<String> answer = send(operation, path, body);
        String what = operation.method() + " " + path + " " + (body == null ? "" : body.substring(0, Math.min(300, body.length()))) + " -> " + answer.statusCode() + " "
                + answer.body().substring(0, Math.min(500, answer.body().length()));
        assertTrue(answer.statusCode() < 500, what);
        assertFalse(answer.body().contains("\tat ") || answer.body().contains("java."), what);
        boolean explained = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        // a path that is ambiguous, or longer than a request's head may be, is refused by the web server before it is asked what it means
        boolean none = List.of(400, 414, 431).contains(answer.statusCode()) && path.matches(".*(//|/%|x{3000}|/$).*");
        assertTrue(answer.statusCode() < 400 || explained || none, what);
        return answer;
    }

    private static HttpResponse<String> send(Operation operation, String path, String body) throws Exception {
        SERVER.fake.job(1, Job.State.RUNNING);
        String method = operation.path().equals("/events") ? "HEAD" : operation.method();
        try {
            return SERVER.send(method, path, body);
        } catch (IOException e) {
            // after a path that it takes for none the web server closes the connection, which the client may find only now
            return SERVER.send(method, path, body);
        }
    }
}
