package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.azekura.api.PoolName;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests.Performer.Outcome;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.access.Role;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestEndpointsTest {

    private static final Rule TWO = new Rule(2, Duration.ofDays(1));
    private static final Caller ADMIN = Caller.of(new UserName("admin"), Role.ADMIN, Set.of());

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
        assertEquals(201, server.post("/policies", "{\"name\":\"daily\",\"saveSets\":[\"docs\"],\"pool\":\"default\",\"copyTo\":[\"offsite\"],\"schedule\":\"daily 22:00\","
                + "\"keep\":\"last=3\"}").statusCode());
        server.requests.rule = TWO;
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
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
