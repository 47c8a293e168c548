package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests.Performer.Outcome;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.Alert;
import org.azekura.api.server.Budget;
import org.azekura.rest.access.WaitingRequests;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestEndpointsTest {

    private static final Rule TWO = new Rule(2, Duration.ofDays(1));
    private static final Caller ADMIN = Caller.of(new UserName("admin"), Role.ADMIN, Set.of());

    @AutoClose
    private final RestServer server = RestServer.start();

    @BeforeEach
    void start() throws Exception {
        assertEquals(201, server.post("/policies", "{\"name\":\"daily\",\"saveSets\":[\"docs\"],\"pool\":\"default\",\"copyTo\":[\"offsite\"],\"schedule\":\"daily 22:00\","
                + "\"keep\":\"last=3\"}").statusCode());
        server.requests.rule = TWO;
    }

    private HttpResponse<String> admin(String method, String path, String body) throws Exception {
        return server.as("admin", method, path, body);
    }

    private static JsonNode read(HttpResponse<String> answer) throws Exception {
        return Json.MAPPER.readTree(answer.body());
    }

    @Test
    void answersADangerousCallWithTheRequestThatItBecame() throws Exception {
        HttpResponse<String> answer = admin("DELETE", "/pools/default", null);
        assertEquals(202, answer.statusCode());
        assertEquals(Route.ROOT + "/requests/1", answer.headers().firstValue("Location").orElseThrow());
        JsonNode asked = read(answer);
        assertEquals("waiting", asked.path("state").asText());
        assertEquals("DELETE pools/{pool}", asked.path("operation").asText());
        assertEquals("default", asked.path("object").asText());
        assertEquals(200, server.get("/pools/default").statusCode());
        assertEquals("request 1 ab12", server.access.acts.getLast().outcome());
    }

    /** One that is made again under its name would have no bound. */
    @Test
    void aDeviceWhoseMoneyIsBoundedGoesOnlyWithASecondPerson() throws Exception {
        DeviceName cloud = new DeviceName("cloud");
        server.devices.bounded.put(cloud, new Budget(Budget.OPEN, Budget.OPEN, 20_000_000));
        server.devices.bounded.put(new DeviceName("line"), new Budget(1_000, Budget.OPEN, Budget.OPEN));
        assertEquals(200, admin("DELETE", "/devices/line", null).statusCode());
        assertEquals(409, admin("DELETE", "/devices/default", null).statusCode());
        HttpResponse<String> asked = admin("DELETE", "/devices/cloud?node=n1", null);
        assertEquals(202, asked.statusCode(), asked::body);
        assertTrue(read(asked).path("summary").asText().startsWith("Forgets a device: cloud"), asked::body);
        assertTrue(read(asked).path("summary").asText().contains("money 20.0"), asked::body);
        assertEquals(List.of("forget line null"), server.devices.calls);
        assertTrue(server.requests.carryOut(1, server.deferred, ADMIN, false).isDone());
        assertEquals(List.of("forget line null", "forget cloud n1"), server.devices.calls);
    }

    @Test
    void doesAtOnceWhatTheHomesOwnTokenOrders() throws Exception {
        assertEquals(200, server.post("/users/ann/reset", "{}").statusCode());
        assertTrue(server.requests.all.isEmpty());
    }

    @Test
    void carriesOutTheOrderAsItWas() throws Exception {
        assertEquals(202, admin("POST", "/users/ann/reset", "{\"password\":\"correct horse battery 2\"}").statusCode());
        Outcome outcome = server.requests.carryOut(1, server.deferred, ADMIN, false);
        assertEquals(new Outcome("done", null, "{\"name\":\"ann\",\"password\":null}"), outcome);
        assertEquals("{\"name\":\"ann\",\"password\":null}", read(admin("POST", "/requests/1/answer", null)).path("text").asText());
    }

    @Test
    void goesByTheRoleThatHeHasThen() throws Exception {
        assertEquals(202, admin("POST", "/users/ann/reset", "{}").statusCode());
        Outcome outcome = server.requests.carryOut(1, server.deferred, Caller.of(new UserName("admin"), Role.OPERATOR, Set.of()), false);
        assertEquals("access.denied", outcome.code());
    }

    @Test
    void takesWhatIsGoneForDoneOnlyIfItWasUnderWay() throws Exception {
        assertEquals(202, admin("DELETE", "/pools/default", null).statusCode());
        server.fake.delete(new PoolName("default"));
        assertEquals("pool.unknown", server.requests.carryOut(1, server.deferred, ADMIN, false).code());
        assertTrue(server.requests.carryOut(1, server.deferred, ADMIN, true).isDone());
    }

    @Test
    void ordersNoJobTwice() throws Exception {
        String order = "{\"kind\":\"forget\",\"volumes\":[\"A00001L8\"],\"why\":\"burnt\"}";
        assertEquals("waiting", read(admin("POST", "/jobs", order)).path("state").asText());
        assertTrue(server.requests.carryOut(1, server.deferred, ADMIN, false).isDone());
        assertEquals(1, server.fake.orders.size());
        server.fake.ordered = server.fake.orders.getFirst();
        assertTrue(server.requests.carryOut(1, server.deferred, ADMIN, true).isDone());
        assertEquals(1, server.fake.orders.size());
    }

    @Test
    void coversWhatSomebodyTyped() throws Exception {
        admin("POST", "/users/ann/reset", "{\"password\":\"correct horse battery 2\"}");
        HttpResponse<String> shown = admin("GET", "/requests/1", null);
        assertFalse(shown.body().contains("horse"));
        assertEquals("{\"places\":{\"user\":\"ann\"},\"query\":{},\"body\":{\"password\":\"(not shown)\"}}", read(shown).path("order").asText());
        assertTrue(read(shown).path("own").asBoolean());
    }

    @Test
    void saysInWordsWhatIsAskedFor() throws Exception {
        JsonNode asked = read(admin("PATCH", "/policies/daily", "{\"keep\":\"last=1\",\"copyTo\":[],\"priority\":50}"));
        assertEquals("Changes a policy: daily; keep last=3 → last=1; copyTo offsite → none", asked.path("summary").asText());
        assertEquals("[{\"field\":\"keep\",\"was\":\"last=3\",\"wanted\":\"last=1\"},{\"field\":\"copyTo\",\"was\":\"offsite\",\"wanted\":\"\"}]", asked.path("details").toString());
        for (String path : List.of("/requests/1", "/requests")) {
            JsonNode shown = read(admin("GET", path, null));
            assertEquals(asked.path("summary"), shown.isArray() ? shown.path(0).path("summary") : shown.path("summary"), path);
        }
        assertEquals("Lets unsigned driver packages in, or no more: on false → true", read(admin("POST", "/development-mode", "{\"on\":true}")).path("summary").asText());
        assertEquals("Gives a user another password: ann; password (not shown); role admin; disabled false; factor false; second false; made 2026-01-02T03:04:05Z",
                read(admin("POST", "/users/ann/reset", "{\"password\":\"correct horse battery 2\"}")).path("summary").asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "PUT   | /sso | {\"name\":\"a\",\"issuer\":\"https://a\",\"client\":\"c\",\"grants\":[],\"secret\":\"TELLNOBODY\"}",
        "POST  | /pools/default/recovery | {\"passphrase\":\"TELLNOBODY\"}",
        "POST  | /network/certificate | {\"certificate\":\"x\",\"key\":\"TELLNOBODY\"}",
        "PATCH | /notifications/targets/ops | {\"secrets\":{\"password\":\"TELLNOBODY\"}}",
        "PATCH | /devices/shelf1 | {\"settings\":{\"key\":\"TELLNOBODY\",\"path\":\"/srv/other\"}}",
        "POST  | /users | {\"name\":\"zoe\",\"role\":\"admin\",\"password\":\"TELLNOBODY\"}"})
    void showsNobodyASecret(String method, String path, String body) throws Exception {
        HttpResponse<String> asked = admin(method, path, body);
        assertEquals(202, asked.statusCode(), asked::body);
        assertTrue(asked.body().contains("(not shown)"), asked::body);
        for (String shown : List.of(asked.body(), admin("GET", "/requests/1", null).body(), admin("GET", "/requests", null).body())) {
            assertFalse(shown.contains("TELLNOBODY"), shown);
        }
        assertEquals(path.startsWith("/devices"), asked.body().contains("\"was\":\"/srv/pool\",\"wanted\":\"/srv/other\""));
    }

    @Test
    void hidesNothingBehindWhatIsAlike() throws Exception {
        String many = "\"/a\"" + ",\"/srv/some/long/path\"".repeat(40);
        assertEquals(201, server.post("/save-sets", "{\"name\":\"long\",\"paths\":[" + many + ",\"/etc\"]}").statusCode());
        JsonNode detail = read(admin("PATCH", "/save-sets/long", "{\"paths\":[" + many + ",\"/tmp\"]}")).path("details").path(0);
        assertTrue(detail.path("was").asText().matches("….{0,20}, /etc") && detail.path("wanted").asText().matches("….{0,20}/tmp"), detail::toString);
    }

    @Test
    void tellsOfWhatWaitsInWordsUntilItHasEnded() throws Exception {
        admin("PATCH", "/policies/daily", "{\"keep\":\"last=1\"}");
        WaitingRequests source = new WaitingRequests(server.requests);
        Alert waiting = source.alerts().getFirst();
        assertEquals("request.waiting", waiting.code());
        assertEquals("Changes a policy: daily; keep last=3 → last=1", waiting.values().get("summary"));
        assertTrue(waiting.text().contains("request 1 of user admin waits for another admin") && waiting.text().contains("last=3 → last=1"), waiting.text());
        server.post("/requests/1/confirm", "{}");
        assertEquals("request.confirmed", source.alerts().getFirst().code());
        server.post("/requests/1/refuse", "{}");
        assertEquals(List.of(), source.alerts());
    }

    @Test
    void breaksNoLineAndTurnsNoTextAround() throws Exception {
        String summary = read(admin("PATCH", "/policies/daily", "{\"pool\":\"a\\nb\\u202ec\"}")).path("summary").asText();
        assertEquals("Changes a policy: daily; pool default → a b c", summary);
        JsonNode asked = read(admin("POST", "/users", "{\"name\":\"a\\nb\\u202ec" + "d".repeat(1000) + "\",\"role\":\"admin\"}"));
        assertTrue(asked.path("object").asText().matches("a b cd{100,}…") && asked.path("summary").asText().endsWith("role admin"), asked::toString);
    }

    @Test
    void refusesWhatWasChangedSinceItWasAskedFor() throws Exception {
        assertEquals(202, admin("PATCH", "/policies/daily", "{\"enabled\":false}").statusCode());
        assertEquals(200, server.send("PATCH", "/policies/daily", "{\"keep\":\"last=9\"}").statusCode());
        Outcome outcome = server.requests.carryOut(1, server.deferred, ADMIN, false);
        assertEquals("request.conflict", outcome.code());
        assertEquals("daily was changed since it was asked for (keep was last=3, is last=9): nothing was done; ask anew", outcome.why());
        assertTrue(read(server.get("/policies/daily")).path("enabled").asBoolean());
        assertEquals(202, admin("PATCH", "/policies/daily", "{\"enabled\":false}").statusCode());
        assertTrue(server.requests.carryOut(2, server.deferred, ADMIN, false).isDone());
        assertFalse(read(server.get("/policies/daily")).path("enabled").asBoolean());
    }

    @Test
    void refusesWhatIsThereWhereNothingWas() throws Exception {
        assertEquals(202, admin("PUT", "/sso", "{\"name\":\"a\",\"issuer\":\"https://a\",\"client\":\"c\",\"grants\":[]}").statusCode());
        assertEquals(200, server.send("PUT", "/sso", "{\"name\":\"b\",\"issuer\":\"https://b\",\"client\":\"c\",\"grants\":[]}").statusCode());
        assertEquals("request.conflict", server.requests.carryOut(1, server.deferred, ADMIN, false).code());
        assertEquals("b", read(server.get("/sso")).path("name").asText());
    }

    @Test
    void refusesWhatIsAnotherOneOfThatName() throws Exception {
        assertEquals(202, admin("DELETE", "/policies/daily", null).statusCode());
        assertEquals(200, server.send("DELETE", "/policies/daily", null).statusCode());
        assertEquals("policy.unknown", server.requests.carryOut(1, server.deferred, ADMIN, false).code());
        assertEquals(201, server.post("/policies", "{\"name\":\"daily\",\"saveSets\":[\"docs\",\"mail\"],\"pool\":\"default\"}").statusCode());
        assertEquals("request.conflict", server.requests.carryOut(1, server.deferred, ADMIN, false).code());
        assertEquals(200, server.get("/policies/daily").statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"paths\":[\"/home\",\"/etc\",\"/srv\"]} | 200",
        "{\"rules\":[]} | 200",
        "{\"oneFileSystem\":false,\"post\":\"tell\"} | 200",
        "{\"paths\":[\"/home\"]} | 202",
        "{\"paths\":[\"/srv\"]} | 202",
        "{\"rules\":[{\"include\":false,\"pattern\":\"*.tmp\"},{\"include\":false,\"pattern\":\"**\"}]} | 202",
        "{\"oneFileSystem\":true} | 202",
        "{\"via\":\"host\"} | 202",
        "{\"pre\":\"other\"} | 202",
        "{\"pre\":\"\"} | 202",
        "{\"paths\":[],\"dump\":\"echo\"} | 202",
        "{\"name\":\"other\"} | 400"})
    void holdsASaveSetThatIsToSaveLess(String body, int status) throws Exception {
        assertEquals(201, server.post("/save-sets", "{\"name\":\"etc\",\"paths\":[\"/home\",\"/etc\"],\"rules\":[{\"include\":false,\"pattern\":\"*.tmp\"}],\"pre\":\"stop\"}").statusCode());
        for (String method : List.of("PATCH", "POST")) {
            HttpResponse<String> answer = server.as("operator", method, "/save-sets/etc", body);
            assertEquals(status, answer.statusCode(), answer::body);
        }
        assertEquals(status == 202 ? 2 : 0, server.requests.all.size());
    }

    @Test
    void confirmsAndRefuses() throws Exception {
        admin("DELETE", "/pools/default", null);
        assertEquals("confirmed", read(server.post("/requests/1/confirm", "{\"hash\":\"ab12\"}")).path("state").asText());
        assertEquals("refused", read(server.as("operator", "POST", "/requests/1/refuse", "{\"why\":\"no\"}")).path("state").asText());
        assertEquals(List.of(), List.copyOf(read(server.get("/requests?open")).findValues("request")));
        assertEquals(1, read(server.get("/requests")).size());
        assertEquals(403, server.as("operator", "POST", "/requests/1/confirm", "{}").statusCode());
        for (String odd : new String[] {"0", "x", "-1", "2", "99999999999999999999"}) {
            assertEquals(404, server.get("/requests/" + odd).statusCode(), odd);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "admin    | DELETE | /pools/default | | 202",
        "operator | DELETE | /pools/default | | 202",
        "admin    | DELETE | /pools/nowhere | | 404",
        "admin    | DELETE | /pools/default | {\"colour\":1} | 400",
        "auditor  | DELETE | /pools/default | | 403",
        "admin    | DELETE | /snapshots/0193b2c4 | | 202",
        "admin    | DELETE | /policies/daily | | 202",
        "admin    | PATCH  | /policies/daily | {\"enabled\":false} | 202",
        "admin    | POST   | /policies/daily | {\"enabled\":false} | 202",
        "admin    | PATCH  | /policies/daily | {\"keep\":\"last=1\"} | 202",
        "admin    | PATCH  | /policies/daily | {\"priority\":60} | 200",
        "admin    | PATCH  | /policies/daily | {\"copyTo\":[]} | 202",
        "admin    | POST   | /pools/default/recovery | | 202",
        "admin    | POST   | /pools/default/seal | | 202",
        "admin    | POST   | /users/ann/factor/remove | | 202",
        "admin    | POST   | /users/nobody/factor/remove | | 404",
        "admin    | POST   | /users | {\"name\":\"zoe\",\"role\":\"admin\"} | 202",
        "admin    | POST   | /users | {\"name\":\"zoe\",\"role\":\"operator\"} | 201",
        "admin    | PATCH  | /users/ann | {\"disabled\":true} | 200",
        "admin    | POST   | /development-mode | {\"on\":true} | 202",
        "admin    | POST   | /development-mode | {\"on\":false} | 200",
        "admin    | POST   | /jobs | {\"kind\":\"forget\",\"volumes\":[\"A00001L8\"],\"why\":\"burnt\"} | 202",
        "admin    | DELETE | /users/ann | | 202",
        "admin    | POST   | /clients/host/quota | {\"quota\":5} | 202",
        "admin    | POST   | /clients/host/quota | {\"quota\":0} | 200",
        "admin    | PATCH  | /pools/default/rules | {\"encryption\":\"drive\"} | 200",
        "admin    | DELETE | /notifications/targets/ops | | 202",
        "admin    | PATCH  | /notifications/targets/ops | {\"enabled\":false} | 202",
        "admin    | PATCH  | /notifications/targets/ops | {\"match\":{}} | 202",
        "admin    | PATCH  | /notifications/targets/ops | {\"settings\":{\"url\":\"https://elsewhere\"}} | 202",
        "admin    | PATCH  | /notifications/targets/ops | {\"language\":\"ja\"} | 200",
        "admin    | DELETE | /notifications/targets/nowhere | | 404",
        "admin    | DELETE | /network/certificate | | 202",
        "operator | PATCH  | /devices/shelf1 | {\"settings\":{\"path\":\"/srv/other\"}} | 202",
        "admin    | POST   | /rule | {\"persons\":0} | 202",
        "admin    | POST   | /rule | {\"delay\":3600} | 202",
        "admin    | POST   | /rule | {\"delay\":604800} | 200",
        "admin    | POST   | /rule | {\"delay\":604801} | 400",
        "admin    | POST   | /rule | {\"persons\":3} | 400",
        "admin    | POST   | /rule | {} | 400"})
    void holdsWhatIsDangerousAndNothingElse(String who, String method, String path, String body, int status) throws Exception {
        HttpResponse<String> answer = server.as(who, method, path, body);
        assertEquals(status, answer.statusCode(), answer::body);
        assertEquals(status == 202, answer.headers().firstValue("Location").filter(location -> location.contains("/requests/")).isPresent());
        assertEquals(status == 202 ? 1 : 0, server.requests.all.size());
    }

    @Test
    void holdsNothingWhereTheRuleIsOff() throws Exception {
        server.requests.rule = Rule.OFF;
        for (String path : List.of("/users/ann/factor/remove", "/pools/default/recovery")) {
            assertEquals(200, admin("POST", path, null).statusCode(), path);
        }
        assertEquals(86_400, read(admin("POST", "/rule", "{\"persons\":2}")).path("delay").asInt());
        assertEquals(TWO, server.requests.rule);
        assertTrue(server.requests.all.isEmpty());
    }
}
