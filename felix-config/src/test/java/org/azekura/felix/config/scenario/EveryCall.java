package org.azekura.felix.config.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Walks the document that an appliance serves. What a call would do if it were let in is not done: only those are made that have to be refused, that look at
 * something, or that make no sense.
 */
final class EveryCall implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, List<String>> RIGHTS = Map.of("admin", List.of("own", "read", "restore", "operate", "administer"), "operator", List.of("own", "read", "restore",
            "operate"), "restorer", List.of("own", "restore"), "auditor", List.of("own", "read"));
    private static final String[] ODD_NAMES = {"..", "\u0000", "a b", "%", "\ud83d\ude00", "x".repeat(500), "null"};
    private static final String[] ODD_BODIES = {"{\"colour\":1}", "[]", "{", "\u0000", "{\"a\":" + "[".repeat(5000)};

    private final Azekura azekura;
    private final HttpClient client;
    private final List<Operation> operations = new ArrayList<>();
    /** What was not as it should be, one line each. */
    final List<String> wrong = new ArrayList<>();
    int calls;
    private int turn;

    private record Operation(String method, String path, JsonNode node) {

        boolean isLook() {
            return method.equals("GET");
        }

        /** The ways to log in. */
        boolean isForAnybody() {
            return node.has("security") && node.path("security").isEmpty();
        }

        boolean takes(String mediaType) {
            return node.path("requestBody").path("content").has(mediaType);
        }

        boolean needsOneOf(List<String> rights) {
            return rights.stream().anyMatch(right -> node.path("x-rights").toString().contains('"' + right + '"'));
        }
    }

    EveryCall(Azekura azekura, String token) throws Exception {
        this.azekura = azekura;
        this.client = Rest.client(azekura);
        JSON.readTree(send(token, "GET", "/openapi.json", null).body()).path("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(one -> operations.add(new Operation(one.getKey().toUpperCase(Locale.ROOT), path.getKey(), one.getValue()))));
    }

    int operations() {
        return operations.size();
    }

    private HttpResponse<String> send(String token, String method, String path, String body) throws Exception {
        calls++;
        HttpRequest.Builder request = HttpRequest.newBuilder(Rest.url(azekura, path.substring(1))).timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpRequest call = (token == null ? request : request.header("Authorization", "Bearer " + token)).build();
        try {
            return client.send(call, BodyHandlers.ofString());
        } catch (IOException e) {
            // after an address that it takes for none the web server closes the connection, which the client may find only now
            return client.send(call, BodyHandlers.ofString());
        }
    }

    private void expect(int status, String code, String token, String who, Operation operation, String path) throws Exception {
        HttpResponse<String> answer = send(token, operation.method, path, null);
        if (answer.statusCode() != status || !answer.body().contains(code)) {
            wrong.add(who + " " + operation.method + " " + path + " -> " + answer.statusCode() + " " + answer.body() + ", not " + status + " " + code);
        }
    }

    void byNobody(Map<String, String> there) throws Exception {
        for (Operation operation : operations) {
            if (operation.isForAnybody()) {
                noFault(operation, null, path(operation, there), null);
            } else {
                expect(401, "token.wrong", null, "nobody", operation, path(operation, there));
            }
        }
    }

    /** @param bounded whether this caller has to do with some clients only, and with none that the things of {@code there} are of */
    void by(String role, boolean bounded, String token, Map<String, String> there) throws Exception {
        for (Operation operation : operations) {
            String path = path(operation, there);
            String who = (bounded ? "bounded " : "") + role;
            boolean needed = operation.needsOneOf(RIGHTS.get(role));
            if (!needed && (!bounded || role.equals("restorer"))) {
                expect(403, "access.denied", token, who, operation, path);
            } else if (needed && bounded) {
                boundedMay(operation, path, token, who);
            }
        }
    }

    private void boundedMay(Operation operation, String path, String token, String who) throws Exception {
        if (operation.node.path("x-of-all").asBoolean()) {
            expect(403, "access.bounded", token, who, operation, path);
        } else if (operation.path.matches(".*\\{(snapshot|job|client|saveSet|policy)}.*") && !operation.takes("application/json")) {
            expect(404, ".unknown", token, who, operation, path);
        }
    }

    /** Looks at all that there is, and asks for what makes no sense. */
    void oddly(String token, Map<String, String> there) throws Exception {
        for (Operation operation : operations) {
            if (operation.isLook() && !operation.path.equals("/events")) {
                noFault(operation, token, path(operation, there), null);
            }
            for (String odd : operation.path.contains("{") ? inTurn(ODD_NAMES) : List.<String>of()) {
                String name = URLEncoder.encode(odd, StandardCharsets.UTF_8).replace("+", "%20").replace("..", "%2e%2e");
                noFault(operation, token, operation.path.replaceAll("\\{[^}]*}", name), null);
            }
            for (String odd : operation.takes("application/json") ? inTurn(ODD_BODIES) : List.<String>of()) {
                HttpResponse<String> answer = noFault(operation, token, path(operation, there), odd);
                if (answer.statusCode() < 400) {
                    wrong.add(operation.method + " " + operation.path + " took " + odd);
                }
            }
            if (operation.takes("application/octet-stream")) {
                noFault(operation, token, path(operation, there), "no driver at all");
            }
        }
    }

    /** Two of them, and for the next operation the two behind. */
    private List<String> inTurn(String[] all) {
        turn += 2;
        return List.of(all[turn % all.length], all[(turn + 1) % all.length]);
    }

    private HttpResponse<String> noFault(Operation operation, String token, String path, String body) throws Exception {
        HttpResponse<String> answer = send(token, operation.method, path, body);
        if (answer.statusCode() >= 500 || answer.body().contains("java.")) {
            wrong.add(operation.method + " " + path + " " + body + " -> " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    private static String path(Operation operation, Map<String, String> there) {
        String path = operation.path;
        for (Map.Entry<String, String> one : there.entrySet()) {
            path = path.replace("{" + one.getKey() + "}", one.getValue());
        }
        return path.replaceAll("\\{[^}]*}", "nosuch") + (operation.path.endsWith("/differences") ? "?to=" + there.get("snapshot") : "")
                + (operation.path.equals("/search") ? "?name=none" : "");
    }

    @Override
    public void close() {
        client.close();
    }
}
