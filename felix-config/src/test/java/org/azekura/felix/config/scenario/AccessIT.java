package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** People and programs with a part of the rights, on an appliance that runs. */
@ExtendWith(Shared.class)
@Timeout(300)
class AccessIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aUserLogsInTakesAPasswordOfHisOwnAndIsSentAway(Azekura azekura) throws Exception {
        String once = JSON.readTree(azekura.call("user", "create", "ann", "--role", "operator", "--json").exits(0).out()).path("password").asText();
        assertEquals(401, Rest.browse(azekura, "POST", "session", login("not " + once)).statusCode());
        HttpResponse<String> opened = Rest.browse(azekura, "POST", "session", login(once));
        assertEquals(201, opened.statusCode(), opened::body);
        assertEquals("password", JSON.readTree(opened.body()).path("duty").asText());
        assertEquals(403, Rest.browse(azekura, "GET", "status", "", "Cookie", cookie(opened)).statusCode());

        String change = "{\"password\":\"" + once + "\",\"next\":\"a password of my own\"}";
        assertEquals(403, Rest.browse(azekura, "POST", "session/password", change, "Cookie", cookie(opened)).statusCode(), "no CSRF token");
        HttpResponse<String> changed = Rest.browse(azekura, "POST", "session/password", change, "Cookie", cookie(opened), "X-CSRF-Token", csrf(opened));
        assertEquals(200, changed.statusCode(), changed::body);
        assertEquals(401, Rest.browse(azekura, "GET", "session", "", "Cookie", cookie(opened)).statusCode(), "the session before has ended");
        assertEquals(200, Rest.browse(azekura, "GET", "status", "", "Cookie", cookie(changed)).statusCode());
        assertEquals(403, Rest.browse(azekura, "POST", "users", "{\"name\":\"bob\",\"role\":\"admin\"}", "Cookie", cookie(changed), "X-CSRF-Token", csrf(changed)).statusCode());

        azekura.call("user", "delete", "ann").exits(0);
        assertEquals(401, Rest.browse(azekura, "GET", "session", "", "Cookie", cookie(changed)).statusCode());
        String line = azekura.call("user", "delete", "admin").exits(1).oneErrorLine();
        assertTrue(line.contains("nobody but admin is an admin"), line);
        List<String> outcomes = JSON.readTree(azekura.call("audit", "list", "--json").exits(0).out()).findValuesAsText("outcome");
        assertTrue(outcomes.containsAll(List.of("done", "access.refused", "csrf.denied", "access.denied", "user.last")), outcomes::toString);
        assertTrue(JSON.readTree(azekura.call("audit", "verify", "--json").exits(0).out()).path("whole").asBoolean());
    }

    @Test
    void aTokenDoesWhatItsRoleMayUntilItIsRevoked(Azekura azekura) throws Exception {
        String token = JSON.readTree(azekura.call("token", "create", "report", "--role", "auditor", "--json").exits(0).out()).path("token").asText();
        azekura.call("pool", "list", "--token", token).exits(0);
        azekura.call("pool", "set", "default", "--live-percent", "50", "--token", token).exits(4);
        azekura.call("token", "create", "more", "--role", "admin", "--token", token).exits(4);
        JsonNode listed = JSON.readTree(azekura.call("token", "list", "--json").exits(0).out());
        assertFalse(listed.path(0).path("used").isNull(), listed::toString);
        azekura.call("token", "revoke", "report").exits(0);
        azekura.call("pool", "list", "--token", token).exits(4);
        assertFalse(Files.readString(azekura.home.resolve("log/azekura.log")).contains(token));
    }

    /** Scenario 26: nobody, each role, and who has to do with another client, by every call there is. */
    @Test
    void everyCallIsRefusedToWhoMayNotMakeItAndNoneIsAFault(Azekura azekura) throws Exception {
        Path data = Files.createDirectories(azekura.home.resolveSibling("every-call"));
        Files.writeString(data.resolve("file"), "data");
        String snapshot = JSON.readTree(azekura.call("backup", "--name", "every", data.toString(), "--json").exits(0).out()).path("snapshot").asText();
        String client = Rest.get(azekura, "snapshots/" + snapshot).path("client").asText();
        made(azekura, "save-sets", Map.of("name", "every-kept", "client", client, "paths", List.of("/srv")));
        made(azekura, "save-sets", Map.of("name", "other", "client", "elsewhere", "via", client, "paths", List.of("/srv")));
        made(azekura, "policies", Map.of("name", "every-policy", "saveSets", List.of(client + "/every-kept"), "pool", "default"));
        String job = Rest.get(azekura, "jobs").path(0).path("id").asText();
        Map<String, String> there = Map.of("snapshot", snapshot, "client", client, "job", job, "saveSet", "every-kept", "policy", "every-policy", "pool", "default");
        String home = Files.readString(azekura.home.resolve("token")).strip();
        long began = System.nanoTime();
        try (EveryCall every = new EveryCall(azekura, home)) {
            every.byNobody(there);
            for (String role : List.of("operator", "auditor")) {
                every.by(role, false, token(azekura, role, "all-" + role, List.of()), there);
            }
            for (String role : List.of("admin", "operator", "restorer", "auditor")) {
                every.by(role, true, token(azekura, role, "some-" + role, List.of("elsewhere")), there);
            }
            every.oddly(home, there);
            assertEquals("", String.join("\n", every.wrong));
            assertTrue(every.operations() > 100 && every.calls > 500, every.operations() + " operations, " + every.calls + " calls");
            System.out.println("scenario 26: " + every.operations() + " operations, " + every.calls + " calls, " + (System.nanoTime() - began) / 1_000_000 + " ms");
        }
        assertTrue(Rest.get(azekura, "audit/verify").path("whole").asBoolean());
    }

    @Test
    @Timeout(300)
    void anEventStreamEndsWithTheTokenThatOpenedIt(Azekura azekura) throws Exception {
        String token = token(azekura, "auditor", "watcher", List.of());
        try (HttpClient client = Rest.client(azekura)) {
            HttpResponse<InputStream> stream = client.send(HttpRequest.newBuilder(Rest.url(azekura, "events")).header("Authorization", "Bearer " + token).build(), BodyHandlers.ofInputStream());
            assertEquals(200, stream.statusCode());
            azekura.call("token", "revoke", "watcher").exits(0);
            stream.body().readAllBytes();
        }
    }

    private static String token(Azekura azekura, String role, String name, List<String> clients) throws Exception {
        return made(azekura, "tokens", Map.of("name", name, "role", role, "clients", clients)).path("token").asText();
    }

    private static JsonNode made(Azekura azekura, String noun, Map<String, Object> order) throws Exception {
        HttpResponse<String> answer = Rest.post(azekura, noun, order);
        assertEquals(201, answer.statusCode(), answer::body);
        return JSON.readTree(answer.body());
    }

    /** Both are programs here, so that no password is needed; people differ in nothing but how they prove who they are. */
    @Test
    void adminsDeleteAPoolTogetherAndNotAtOnce(Azekura azekura) throws Exception {
        String one = admin(azekura, "one");
        String two = admin(azekura, "two");
        azekura.call("pool", "create", "spare", "--driver", "disk", "--set", "path=" + azekura.home.resolveSibling("spare")).exits(0);
        azekura.call("rule", "set", "--persons", "2", "--delay", "1s").exits(0);
        Run asked = azekura.call("pool", "delete", "spare", "--token", one).exits(4);
        assertTrue(asked.oneErrorLine().matches(".*request \\d+ waits for a second admin until .*"), asked::toString);
        String number = asked.oneErrorLine().replaceAll(".*request show (\\d+).*", "$1");
        azekura.call("pool", "show", "spare").exits(0);
        azekura.call("request", "confirm", number, "--token", one).exits(4);
        azekura.call("rule", "set", "--off", "--token", two).exits(4);
        azekura.call("request", "confirm", number, "--token", two).exits(0);
        JsonNode request;
        do {
            Thread.sleep(100);
            request = azekura.json(0, "request", "show", number);
        } while (List.of("confirmed", "running").contains(request.path("state").asText()));
        assertEquals("done", request.path("state").asText(), request::toString);
        assertTrue(request.path("summary").asText().startsWith("Forgets a pool that nothing holds, and its keys: spare; driver disk; node "), request::toString);
        azekura.call("pool", "show", "spare").exits(1);
        azekura.call("rule", "set", "--off").exits(0);
        JsonNode line = azekura.json(0, "audit", "list", "--limit", "100").findParents("from").stream().filter(each -> each.path("from").asText().equals("request " + number)).findFirst().orElseThrow();
        assertEquals("token one, DELETE pools/{pool}, spare, done",
                String.join(", ", line.path("who").asText(), line.path("operation").asText(), line.path("object").asText(), line.path("outcome").asText()));
    }

    private static String admin(Azekura azekura, String name) {
        return azekura.json(0, "token", "create", name, "--role", "admin").path("token").asText();
    }

    private static String login(String password) {
        return "{\"name\":\"ann\",\"password\":\"" + password + "\"}";
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return set.substring(0, set.indexOf(';'));
    }

    private static String csrf(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body()).path("csrf").asText();
    }
}
