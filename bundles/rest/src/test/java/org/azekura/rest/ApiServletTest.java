package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.azekura.api.access.Role;
import org.azekura.rest.call.Arrival;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same for every endpoint: who may ask, and how mistakes are answered. */
public class ApiServletTest {

    @AutoClose
    private static final RestServer SERVER = RestServer.start();

    @Test
    void refusesEveryEndpointToACallerWithoutToken() throws Exception {
        assertFalse(SERVER.routes.isEmpty());
        for (Route route : SERVER.routes) {
            for (String header : new String[] {"", "Bearer ", "Bearer wrong", "Basic " + RestServer.TOKEN, RestServer.TOKEN}) {
                String path = Route.ROOT + "/" + route.pattern().replaceAll("\\{[^}]*}", "1");
                HttpResponse<String> answer = SERVER.client.send(SERVER.request(path).header("Authorization", header)
                        .method(route.method(), BodyPublishers.noBody()).build(), BodyHandlers.ofString());
                assertEquals(401, answer.statusCode(), route.method() + " " + path + " with \"" + header + "\"");
                assertEquals("token.wrong", problem(answer, 401).path("code").asText());
                assertEquals("Bearer realm=\"azekura\"", answer.headers().firstValue("WWW-Authenticate").orElseThrow());
            }
        }
        assertTrue(SERVER.fake.orders.isEmpty());
    }

    @Test
    void refusesEveryEndpointToACallerWhoseRoleDoesNotDo() throws Exception {
        int refused = 0;
        for (Route route : SERVER.routes) {
            for (Role role : Role.values()) {
                if (route.rights().stream().noneMatch(role::may)) {
                    JsonNode problem = problem(SERVER.as(role.word(), route.method(), "/" + route.pattern().replaceAll("\\{[^}]*}", "1"), null), 403);
                    assertEquals("access.denied", problem.path("code").asText());
                    assertTrue(problem.path("detail").asText().matches("this needs the role .*admin.*; you are " + role.word()), problem::toString);
                    refused++;
                }
            }
        }
        assertTrue(refused > SERVER.routes.size() && SERVER.fake.orders.isEmpty(), "refused " + refused);
    }

    @Test
    void letsARestorerOrderOnlyRestores() throws Exception {
        assertEquals("access.denied", problem(SERVER.as("restorer host", "POST", "/jobs", "{\"kind\":\"verify\"}"), 403).path("code").asText());
        assertEquals(202, SERVER.as("restorer host", "POST", "/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\"}").statusCode());
        SERVER.fake.orders.clear();
    }

    @Test
    void asksABrowserForWhatNoOtherSiteKnows() throws Exception {
        for (String csrf : new String[] {"", "wrong", TestDoor.CSRF + "x"}) {
            assertEquals("csrf.denied", problem(browser("POST", csrf), 403).path("code").asText());
        }
        assertEquals(405, browser("DELETE", TestDoor.CSRF).statusCode());
        assertEquals(400, browser("POST", TestDoor.CSRF).statusCode());
        assertEquals(200, browser("GET", "").statusCode());
        assertEquals(200, browser("HEAD", "").statusCode());
    }

    private static HttpResponse<String> browser(String method, String csrf) throws Exception {
        return SERVER.client.send(SERVER.request(Route.ROOT + "/jobs").header("Cookie", "session=admin").header("X-CSRF-Token", csrf)
                .method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    @Test
    void refusesFieldsWhereNoneAreExpected() throws Exception {
        assertEquals("force", problem(SERVER.post("/jobs/1/cancel", "{\"force\":true}"), 400).path("subject").asText());
    }

    @Test
    void refusesWhatIsNotThereBeforeSayingThatItIsNotThere() throws Exception {
        HttpResponse<String> answer = SERVER.client.send(SERVER.request(Route.ROOT + "/nothing").build(), BodyHandlers.ofString());
        assertEquals(401, answer.statusCode());
    }

    @Test
    void saysToAnybodyThatItLives() throws Exception {
        HttpResponse<String> answer = SERVER.client.send(SERVER.request("/health").build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode());
        assertEquals("{\"live\":true,\"ready\":true}", answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/jobs/1/nothing", "/pools/default/", "/", "/jobs/1/log/2"})
    void answersNotFoundForAnUnknownPath(String path) throws Exception {
        int status = SERVER.get(path).statusCode();
        assertTrue(status == 404 || path.endsWith("default/") && status == 200, path + " " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pools/nope", "/pools/bad%20name", "/jobs/99", "/jobs/abc", "/snapshots/beef", "/snapshots/zz!", "/snapshots?client=nope",
            "/jobs/1x/log", "/volumes?pool=nope", "/events?job=77"})
    void answersNotFoundWithTheCodeForUnknownNames(String path) throws Exception {
        assertTrue(problem(SERVER.get(path), 404).path("code").asText().endsWith(".unknown"), path);
    }

    @Test
    void namesTheMethodsThatWouldDo() throws Exception {
        HttpResponse<String> answer = SERVER.send("DELETE", "/pools", null);
        problem(answer, 405);
        assertEquals("GET, POST", answer.headers().firstValue("Allow").orElseThrow());
        problem(SERVER.send("PUT", "/jobs/1/cancel", "{}"), 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"backup\"", "{\"kind\": \"backup\"} x", "{\"kind\": nope}", "{\"kind\":\"verify\",\"kind\":\"verify\"}", "null",
            "{}", "{\"kind\": \"dance\"}", "{\"kind\": \"verify\", \"colour\": 1}", "{\"kind\": \"backup\"}",
            "{\"kind\": \"backup\", \"saveSet\": \"a\", \"paths\": []}", "{\"kind\": \"backup\", \"saveSet\": \"a b\", \"paths\": [\"/x\"]}",
            "{\"kind\": \"backup\", \"paths\": [\"/x\"]}", "{\"kind\": \"backup\", \"saveSet\": \"a\", \"paths\": [null]}",
            "{\"kind\": \"backup\", \"saveSet\": \"a\", \"paths\": [\"/x%zz\"]}", "{\"kind\": \"backup\", \"saveSet\": \"a\", \"paths\": \"/x\"}",
            "{\"kind\": \"backup\", \"saveSet\": \"a\", \"paths\": [\"/x\"], \"dryRun\": \"maybe\"}",
            "{\"kind\": \"backup\", \"saveSet\": \"a\", \"paths\": [\"/x\"], \"rules\": [null]}",
            "{\"kind\": \"backup\", \"saveSet\": \"a\", \"paths\": [\"/x\"], \"rules\": [{\"include\": true}]}",
            "{\"kind\": \"backup\", \"saveSet\": \"a\", \"paths\": [\"/x\"], \"rules\": [{\"pattern\": \"re:[\"}]}",
            "{\"kind\": \"restore\"}", "{\"kind\": \"restore\", \"snapshot\": \"0193b2c4\"}",
            "{\"kind\": \"restore\", \"snapshot\": \"0193b2c4\", \"to\": \"/x\", \"overwrite\": \"often\"}",
            "{\"kind\": \"verify\", \"pool\": \"default\", \"snapshot\": \"0193b2c4\"}"})
    void answersBadRequestToABadOrder(String body) throws Exception {
        int before = SERVER.fake.orders.size();
        assertFalse(problem(SERVER.post("/jobs", body), 400).path("detail").asText().isEmpty());
        assertEquals(before, SERVER.fake.orders.size());
    }

    @Test
    void namesTheUnknownFieldAndTheKnownOnes() throws Exception {
        JsonNode problem = problem(SERVER.post("/pools", "{\"name\": \"a\", \"drive\": \"disk\"}"), 400);
        assertEquals("drive", problem.path("subject").asText());
        assertEquals("there is no field \"drive\" here; there is compressionLevel, driver, group, livePercent, name, node, patience, recipients, sealed,"
                + " settings", problem.path("detail").asText());
    }

    @Test
    void refusesAnEndlessBodyAndADeepOne() throws Exception {
        problem(SERVER.post("/jobs", "{\"kind\": \"" + "x".repeat(Arrival.Bounds.KNOWN.most()) + "\"}"), 413);
        problem(SERVER.post("/jobs", "{\"a\":".repeat(100_000)), 400);
    }

    @Test
    void refusesAnUnknownParameterAndABadOne() throws Exception {
        problem(SERVER.get("/jobs?runing"), 400);
        problem(SERVER.get("/snapshots/0193b2c4/entries?path=%25zz"), 400);
        problem(SERVER.get("/snapshots/0193b2c4/entries?limit=0"), 400);
        problem(SERVER.get("/snapshots/0193b2c4/entries?limit=many"), 400);
    }

    @Test
    void answersAFaultOfOursAsAProblemToo() throws Exception {
        SERVER.fake.fault = new IllegalStateException("oh");
        try {
            assertEquals("bug", problem(SERVER.get("/status"), 500).path("code").asText());
        } finally {
            SERVER.fake.fault = null;
        }
    }

    public static JsonNode problem(HttpResponse<String> answer, int status) throws Exception {
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("application/problem+json"));
        JsonNode problem = Json.MAPPER.readTree(answer.body());
        assertEquals(status, problem.path("status").asInt());
        for (String key : new String[] {"type", "title", "detail", "code", "kind"}) {
            assertFalse(problem.path(key).asText().isEmpty(), key);
        }
        return problem;
    }
}
