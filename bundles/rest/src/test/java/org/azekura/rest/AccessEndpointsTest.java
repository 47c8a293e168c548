package org.azekura.rest;

import static org.azekura.rest.ApiServletTest.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import org.azekura.api.ClientName;
import org.azekura.api.UserName;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Logging in and what is written down, by the door that the appliance has. */
class AccessEndpointsTest {

    private static final String LOGIN = "{\"name\":\"ann\",\"password\":\"" + FakeAccess.PASSWORD + "\"}";

    private static final List<String> VISITORS = List.of("POST session", "GET session/ways", "POST session/passkey/begin", "POST session/passkey",
            "POST session/sso/begin", "POST session/sso");

    @AutoClose
    private final RestServer server = RestServer.ofHome(RestServer.TOKEN);

    /** @param headers names and values in turn */
    private HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        var request = server.request(Route.ROOT + path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return server.client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(set.matches("__Host-azekura=[A-Za-z0-9_-]+; Path=/; Secure; HttpOnly; SameSite=Strict"), set);
        return set.substring(0, set.indexOf(';'));
    }

    private String login() throws Exception {
        HttpResponse<String> answer = call("POST", "/session", LOGIN);
        assertEquals(201, answer.statusCode(), answer.body());
        return cookie(answer);
    }

    @Test
    void logsInByPasswordAndOutAgain() throws Exception {
        HttpResponse<String> made = call("POST", "/session", LOGIN);
        assertEquals("{\"caller\":{\"name\":\"ann\",\"kind\":\"user\",\"role\":\"admin\",\"clients\":[]},\"csrf\":\"csrf0\",\"duty\":\"none\","
                + "\"expires\":\"2026-01-02T03:34:05Z\"}", made.body());
        String cookie = cookie(made);
        assertEquals(made.body(), call("GET", "/session", null, "Cookie", cookie).body());
        assertEquals(200, call("GET", "/status", null, "Cookie", cookie).statusCode());
        assertEquals("csrf.denied", problem(call("DELETE", "/session", null, "Cookie", cookie), 403).path("code").asText());
        HttpResponse<String> gone = call("DELETE", "/session", null, "Cookie", cookie, "X-CSRF-Token", "csrf0");
        assertEquals(204, gone.statusCode());
        assertEquals("", gone.body());
        assertTrue(gone.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
        problem(call("GET", "/session", null, "Cookie", cookie), 401);
        problem(call("GET", "/status", null, "Cookie", cookie), 401);
    }

    @Test
    void logsInByTokens() throws Exception {
        HttpResponse<String> home = call("POST", "/session", null, "Authorization", "Bearer " + RestServer.TOKEN);
        assertEquals(201, home.statusCode(), home.body());
        assertTrue(home.body().startsWith("{\"caller\":{\"name\":\"who has the token, from 127.0.0.1\",\"kind\":\"home\",\"role\":\"admin\","), home.body());
        HttpResponse<String> token = call("POST", "/session", "{}", "Authorization", "Bearer " + FakeAccess.TOKEN);
        assertTrue(token.body().startsWith("{\"caller\":{\"name\":\"report\",\"kind\":\"token\",\"role\":\"restorer\",\"clients\":[\"web\"]}"), token.body());
        problem(call("POST", "/session", LOGIN, "Authorization", "Bearer " + FakeAccess.TOKEN), 400);
        problem(call("GET", "/session", null, "Authorization", "Bearer " + FakeAccess.TOKEN), 401);
    }

    @Test
    void refusesWhoIsNotBelievedAndAsksForACode() throws Exception {
        for (String wrong : List.of("{\"name\":\"ann\",\"password\":\"\"}", "{\"name\":\"zoe\",\"password\":\"" + FakeAccess.PASSWORD + "\"}")) {
            assertEquals("access.refused", problem(call("POST", "/session", wrong), 401).path("code").asText());
        }
        for (String nothing : List.of("{}", "{\"name\":\"ann\"}")) {
            assertEquals("token.wrong", problem(call("POST", "/session", nothing), 401).path("code").asText());
        }
        server.access.code = "123456";
        assertEquals("access.factor", problem(call("POST", "/session", LOGIN), 401).path("code").asText());
        assertEquals("access.refused", problem(call("POST", "/session", LOGIN.replace("}", ",\"code\":\"654321\"}")), 401).path("code").asText());
        assertEquals(201, call("POST", "/session", LOGIN.replace("}", ",\"code\":\"123456\"}")).statusCode());
    }

    @Test
    void saysWhenToTryAgain() throws Exception {
        server.access.tries = 0;
        HttpResponse<String> answer = call("POST", "/session", LOGIN);
        assertEquals("request.often", problem(answer, 429).path("code").asText());
        assertEquals("2", answer.headers().firstValue("Retry-After").orElseThrow());
    }

    /** What is nobody's gets to nothing but the login. */
    @Test
    void letsAVisitorDoNothingElse() throws Exception {
        for (Route route : server.routes) {
            if (!VISITORS.contains(route.method() + " " + route.pattern())) {
                problem(call(route.method(), "/" + route.pattern().replaceAll("\\{[^}]*}", "1"), null), 401);
            }
        }
        for (String path : List.of("/session/", "/session/password", "/Session", "/%73ession", "/session;x=1", "/x/../session")) {
            int status = call("POST", path, "{\"name\":\"ann\"}").statusCode();
            assertTrue(status == 401 || status == 400 || status == 404, path + " " + status);
        }
    }

    @Test
    void anotherSiteLogsNobodyIn() throws Exception {
        assertEquals("csrf.denied", problem(call("POST", "/session", LOGIN, "Sec-Fetch-Site", "cross-site"), 403).path("code").asText());
        assertEquals("csrf.denied", problem(call("POST", "/session", LOGIN, "Sec-Fetch-Site", "same-site"), 403).path("code").asText());
        assertEquals(201, call("POST", "/session", LOGIN, "Sec-Fetch-Site", "same-origin").statusCode());
        assertEquals(1, server.access.open.size());
    }

    @Test
    void aCookieIsNoTokenAndATokenNoCookie() throws Exception {
        String secret = login().split("=")[1];
        problem(call("GET", "/status", null, "Authorization", "Bearer " + secret), 401);
        problem(call("GET", "/status", null, "Cookie", "__Host-azekura=" + RestServer.TOKEN), 401);
        problem(call("GET", "/status", null, "Cookie", "__Host-azekura=" + FakeAccess.TOKEN), 401);
        problem(call("GET", "/status", null, "Cookie", "azekura=" + secret), 401);
    }

    @Test
    void whoHasAPasswordForOnceFirstTakesAnother() throws Exception {
        server.access.duty = Session.Duty.PASSWORD;
        String cookie = login();
        assertEquals("password.owed", problem(call("GET", "/status", null, "Cookie", cookie), 403).path("code").asText());
        assertEquals("password.owed", problem(call("DELETE", "/users/ann", null, "Cookie", cookie, "X-CSRF-Token", "csrf0"), 403).path("code").asText());
        assertEquals("password", Json.MAPPER.readTree(call("GET", "/session", null, "Cookie", cookie).body()).path("duty").asText());
        HttpResponse<String> changed = call("POST", "/session/password", "{\"password\":\"" + FakeAccess.PASSWORD + "\",\"next\":\"another\"}", "Cookie", cookie,
                "X-CSRF-Token", "csrf0");
        assertEquals(200, changed.statusCode(), changed.body());
        assertEquals(200, call("GET", "/status", null, "Cookie", cookie(changed)).statusCode());
        assertEquals(List.of("password of ann"), server.access.asked);
    }

    @Test
    void theFiguresAreToldToNobodyWhoOwesSomething() throws Exception {
        server.access.duty = Session.Duty.PASSWORD;
        HttpResponse<String> answer = server.client.send(server.request("/metrics").header("Cookie", login()).build(), BodyHandlers.ofString());
        assertEquals("password.owed", problem(answer, 403).path("code").asText());
        server.access.duty = Session.Duty.NONE;
        assertEquals(200, server.client.send(server.request("/metrics").header("Cookie", login()).build(), BodyHandlers.ofString()).statusCode());
    }

    /** A session that was left open must not do to take the account. */
    @Test
    void whatProvesOneselfIsChangedWithAProofOnly() throws Exception {
        String[] proof = {"Cookie", login(), "X-CSRF-Token", "csrf0"};
        for (String path : List.of("/users/ann/reset", "/users/ann/factor/remove")) {
            assertEquals("access.oneself", problem(call("POST", path, null, proof), 403).path("code").asText(), path);
            assertEquals(200, server.post(path, null).statusCode(), "by somebody else");
        }
        assertEquals(List.of("no factor ann"), server.access.asked);
    }

    @Test
    void tellsStrangersNotWhereTheTokenLies() throws Exception {
        assertFalse(call("GET", "/status", null).body().contains("home"));
        assertFalse(call("GET", "/status", null, "Authorization", "Bearer wrong").body().contains("home"));
    }

    @Test
    void onlyAUserHasAPassword() throws Exception {
        problem(call("POST", "/session/password", "{\"password\":\"a\",\"next\":\"b\"}", "Authorization", "Bearer " + FakeAccess.TOKEN), 400);
    }

    @Test
    void takesASecondFactor() throws Exception {
        server.access.duty = Session.Duty.FACTOR;
        String[] proof = {"Cookie", login(), "X-CSRF-Token", "csrf0"};
        assertEquals("factor.owed", problem(call("GET", "/status", null, proof), 403).path("code").asText());
        assertEquals("access.refused", problem(call("POST", "/session/factor", "{\"password\":\"wrong\"}", proof), 401).path("code").asText());
        HttpResponse<String> begun = call("POST", "/session/factor", "{\"password\":\"" + FakeAccess.PASSWORD + "\"}", proof);
        assertEquals("{\"secret\":\"ABCD\",\"uri\":\"otpauth://totp/x\"}", begun.body());
        problem(call("POST", "/session/factor/confirm", "{\"code\":\"1\"}", proof), 400);
        problem(call("POST", "/session/factor/confirm", "{}", proof), 400);
        server.access.duty = Session.Duty.NONE;
        HttpResponse<String> confirmed = call("POST", "/session/factor/confirm", "{\"code\":\"123456\"}", proof);
        assertEquals("aaaaa-bbbbb", Json.MAPPER.readTree(confirmed.body()).path("recovery").path(0).asText());
        assertEquals(200, call("GET", "/status", null, "Cookie", cookie(confirmed)).statusCode());
        problem(call("POST", "/session/factor", "{\"password\":\"x\"}", "Authorization", "Bearer " + FakeAccess.TOKEN), 400);
        String[] again = {"Cookie", cookie(confirmed), "X-CSRF-Token", Json.MAPPER.readTree(confirmed.body()).path("session").path("csrf").asText()};
        assertEquals("access.refused", problem(call("POST", "/session/factor/remove", "{\"password\":\"wrong\"}", again), 401).path("code").asText());
        problem(call("POST", "/session/factor/remove", "{}", again), 400);
        assertEquals(List.of(), server.access.asked);
        assertEquals("{\"name\":\"ann\"}", call("POST", "/session/factor/remove", "{\"password\":\"" + FakeAccess.PASSWORD + "\"}", again).body());
        server.access.asked.clear();
        assertEquals(200, server.post("/users/ann/factor/remove", null).statusCode());
        assertEquals(List.of("no factor ann"), server.access.asked);
    }

    @Test
    void endsSessionsOfOnesOwn() throws Exception {
        login();
        HttpResponse<String> other = call("POST", "/session", null, "Authorization", "Bearer " + FakeAccess.TOKEN);
        String mine = cookie(other);
        assertEquals(1, Json.MAPPER.readTree(call("GET", "/sessions", null, "Cookie", mine).body()).size());
        assertEquals(2, Json.MAPPER.readTree(server.get("/sessions").body()).size());
        assertFalse(server.get("/sessions").body().contains("csrf"));
        problem(call("DELETE", "/sessions/id0", null, "Cookie", mine, "X-CSRF-Token", "csrf1"), 404);
        assertEquals(204, server.send("DELETE", "/sessions/id0", null).statusCode());
        assertEquals(204, call("DELETE", "/sessions/id1", null, "Cookie", mine, "X-CSRF-Token", "csrf1").statusCode());
    }

    @Test
    void makesUsersAndTokensAndTellsTheirSecretsOnce() throws Exception {
        assertEquals("{\"name\":\"bob\",\"password\":\"once\"}", server.post("/users", "{\"name\":\"bob\",\"role\":\"restorer\",\"clients\":[\"web\"]}").body());
        assertEquals("{\"name\":\"bob\",\"password\":null}", server.post("/users", "{\"name\":\"bob\",\"role\":\"operator\",\"password\":\"x\"}").body());
        assertEquals("{\"name\":\"t\",\"token\":\"azk_token\",\"expires\":\"2026-04-02T03:04:05Z\"}", server.post("/tokens", "{\"name\":\"t\",\"role\":\"auditor\"}").body());
        assertEquals(200, server.send("PATCH", "/users/ann", "{\"disabled\":true}").statusCode());
        assertEquals(200, server.post("/users/ann/unlock", null).statusCode());
        assertEquals(200, server.send("DELETE", "/tokens/report", null).statusCode());
        assertEquals(List.of("create bob restorer [web]", "create bob operator []", "token t PT2160H by who has the token, from 127.0.0.1",
                "change ann Change[role=null, clients=null, disabled=true, factor=null]", "unlock ann", "revoke report"), server.access.asked);
        String users = server.get("/users").body() + server.get("/users/ann").body() + server.get("/tokens").body();
        assertTrue(users.contains("\"sso\":\"Ann Archer\""), users);
        assertFalse(users.contains("argon2") || users.contains("hash") || users.contains("77"), users);
        problem(server.get("/users/zoe"), 404);
        problem(server.get("/users/Not%20a%20name"), 404);
        problem(server.send("DELETE", "/users/ann", null), 409);
        for (String wrong : List.of("{}", "{\"name\":\"bob\"}", "{\"name\":\"bob\",\"role\":\"king\"}", "{\"name\":\"Bob\",\"role\":\"admin\"}",
                "{\"name\":\"bob\",\"role\":\"admin\",\"clients\":[null]}", "{\"name\":\"bob\",\"role\":\"admin\",\"clients\":[\"a b\"]}")) {
            problem(server.post("/users", wrong), 400);
            problem(server.post("/tokens", wrong.replace("\"Bob\"", "\"a b\"")), 400);
        }
        problem(server.post("/tokens", "{\"name\":\"t\",\"role\":\"auditor\",\"seconds\":-1}"), 400);
    }

    /** An admin of some clients could make himself one of all. */
    @Test
    void whoIsBoundedHasNoSayInWhoMayWhat() throws Exception {
        server.access.caller = Caller.of(new UserName("ann"), Role.ADMIN, Set.of(new ClientName("web")));
        String[] proof = {"Cookie", login(), "X-CSRF-Token", "csrf0"};
        for (String refused : List.of("GET /users", "POST /users", "GET /users/ann", "DELETE /users/ann", "POST /users/ann/reset", "POST /users/ann/unlock", "GET /tokens", "POST /tokens",
                "DELETE /tokens/t", "GET /audit", "GET /audit/verify", "POST /users/ann/factor/remove")) {
            String[] words = refused.split(" ");
            assertEquals(403, call(words[0], words[1], null, proof).statusCode(), refused);
        }
        server.post("/session", null);
        assertEquals(1, Json.MAPPER.readTree(call("GET", "/sessions", null, proof).body()).size());
    }

    @Test
    void writesDownChangesAndRefusalsAndNeverASecret() throws Exception {
        String cookie = login();
        server.access.acts.clear();
        call("GET", "/status", null, "Cookie", cookie);
        call("POST", "/users", "{\"name\":\"bob\",\"role\":\"operator\",\"password\":\"the secret of bob\"}", "Cookie", cookie, "X-CSRF-Token", "csrf0");
        call("POST", "/users", "{\"name\":\"bob\",\"role\":\"operator\"}", "Cookie", cookie);
        call("DELETE", "/users/ann", null, "Cookie", cookie, "X-CSRF-Token", "csrf0");
        call("POST", "/users", "{\"name\":7", "Cookie", cookie, "X-CSRF-Token", "csrf0");
        call("GET", "/pools", null, "Authorization", "Bearer " + FakeAccess.TOKEN);
        call("POST", "/session", LOGIN.replace("horse", "cow"));
        call("POST", "/session", LOGIN.replace("ann", "the secret of ann"));
        assertEquals(List.of("user ann|POST users|users/bob|done", "user ann|POST users||csrf.denied", "user ann|DELETE users/{user}|ann|user.last",
                "user ann|POST users||request.json", "token report|GET pools||access.denied", "nobody|POST session|ann|access.refused", "nobody|POST session||access.refused"),
                server.access.acts.stream().map(act -> act.who() + "|" + act.operation() + "|" + act.object() + "|" + act.outcome()).toList());
        assertTrue(server.access.acts.stream().map(AuditLog.Act::from).allMatch("127.0.0.1"::equals));
    }

    @Test
    void showsWhatWasWrittenDownInPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            server.post("/users/ann/unlock", null);
        }
        JsonNode page = Json.MAPPER.readTree(server.get("/audit?limit=2").body());
        assertEquals("5 4", page.path(0).path("number").asText() + " " + page.path(1).path("number").asText());
        assertEquals(3, Json.MAPPER.readTree(server.get("/audit?below=4").body()).size());
        assertEquals("{\"whole\":false,\"entries\":5,\"broken\":3,\"head\":\"ab\",\"onMedia\":null,\"cut\":false}", server.get("/audit/verify").body());
        for (String wrong : List.of("limit=0", "limit=1001", "below=x", "below=0", "above=1")) {
            problem(server.get("/audit?" + wrong), 400);
        }
        problem(server.send("DELETE", "/audit", null), 405);
    }
}
