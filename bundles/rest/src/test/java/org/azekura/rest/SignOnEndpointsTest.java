package org.azekura.rest;

import static org.azekura.rest.ApiServletTest.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Single sign-on by the door that the appliance has. */
class SignOnEndpointsTest {

    private static final String ORDER = "{\"name\":\"Example Inc.\",\"issuer\":\"https://id.example\",\"client\":\"azekura\",\"secret\":\"s3cret\","
            + "\"grants\":[{\"value\":\"web\",\"role\":\"restorer\",\"clients\":[\"web\"]}],\"domains\":[\"b.example\",\"a.example\"],\"passwords\":false}";

    @AutoClose
    private final RestServer server = RestServer.ofHome(RestServer.TOKEN);

    /** As a browser. @param headers names and values in turn */
    private HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        var request = server.request(Route.ROOT + path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return server.client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(set.contains("; Path=/; Secure; HttpOnly; SameSite=Strict"), set);
        return set.substring(0, set.indexOf(';'));
    }

    @Test
    void isSetShownTestedAndTakenAway() throws Exception {
        problem(server.get("/sso"), 404);
        HttpResponse<String> set = server.send("PUT", "/sso", ORDER);
        assertEquals(200, set.statusCode(), set.body());
        assertFalse(set.body().contains("s3cret"));
        assertTrue(set.body().startsWith("{\"name\":\"Example Inc.\",\"issuer\":\"https://id.example\",\"client\":\"azekura\",\"scopes\":[\"profile\",\"email\"],"
                + "\"claim\":\"groups\",\"grants\":[{\"value\":\"web\",\"role\":\"restorer\",\"clients\":[\"web\"]}],\"domains\":[\"a.example\",\"b.example\"],\"passwords\":false,"
                + "\"secret\":true,\"back\":\"https://127.0.0.1:"), set.body());
        assertEquals(set.body(), server.get("/sso").body());
        assertEquals("{\"authorize\":\"https://id.example/auth\",\"token\":\"https://id.example/token\",\"keys\":2,\"leave\":true}", server.post("/sso/test", null).body());
        assertEquals("{\"passwords\":false,\"passkeys\":false,\"sso\":\"Example Inc.\"}", call("GET", "/session/ways", null).body());
        for (String wrong : List.of("{}", ORDER.replace("restorer", "king"), ORDER.replace("https:", "http:"), ORDER.replace("\"a.example\"", "null"), ORDER.replace("\"value\":\"web\",", ""))) {
            problem(server.send("PUT", "/sso", wrong), 400);
        }
        assertEquals(200, server.send("DELETE", "/sso", null).statusCode());
        problem(server.send("DELETE", "/sso", null), 404);
        problem(server.post("/sso/test", null), 404);
    }

    @Test
    void letsInWhoComesBackFromTheProvider() throws Exception {
        problem(call("POST", "/session/sso/begin", null), 404);
        server.send("PUT", "/sso", ORDER);
        server.access.acts.clear();
        HttpResponse<String> begun = call("POST", "/session/sso/begin", null);
        assertTrue(begun.body().startsWith("{\"address\":\"https://id.example/auth?back=https://127.0.0.1:"), begun.body());
        assertEquals("access.refused", problem(call("POST", "/session/sso", "{\"code\":\"good\",\"state\":\"good\"}"), 401).path("code").asText());
        assertEquals("access.refused", problem(call("POST", "/session/sso", "{\"error\":\"access_denied\"}", "Cookie", cookie(begun)), 401).path("code").asText());
        HttpResponse<String> opened = call("POST", "/session/sso", "{\"code\":\"good\",\"state\":\"good\",\"iss\":\"https://id.example\"}", "Cookie", cookie(begun));
        assertEquals(201, opened.statusCode(), opened.body());
        assertEquals("{\"address\":\"https://id.example/end\"}", call("GET", "/session/leave", null, "Cookie", cookie(opened)).body());
        assertEquals("{\"address\":null}", server.get("/session/leave").body());
        assertEquals("csrf.denied", problem(call("POST", "/session/sso", "{}", "Sec-Fetch-Site", "cross-site"), 403).path("code").asText());
        assertEquals(List.of("nobody|sso.state", "nobody|sso.state", "user ann|done"), server.access.acts.stream().map(act -> act.who() + "|" + act.outcome()).toList());
    }
}
