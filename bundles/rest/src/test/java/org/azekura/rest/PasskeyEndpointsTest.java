package org.azekura.rest;

import static org.azekura.rest.ApiServletTest.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.azekura.api.access.Session;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Passkeys by the door that the appliance has. */
class PasskeyEndpointsTest {

    private static final String SIGNED = "{\"id\":\"AQ\",\"clientDataJSON\":\"AQ\",\"authenticatorData\":\"AQ\",\"signature\":\"Bw\",\"userHandle\":\"CA\"}";
    private static final String AGAIN = "{\"password\":\"" + FakeAccess.PASSWORD + "\"}";

    @AutoClose
    private final RestServer server = RestServer.ofHome(RestServer.TOKEN);

    /** @param headers names and values in turn */
    private HttpResponse<String> call(String method, String path, String body, String... headers) throws Exception {
        var request = server.request(Route.ROOT + path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return server.client.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    private static String cookie(HttpResponse<String> answer) {
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(set.contains("; Path=/; Secure; HttpOnly; SameSite=Strict"), set);
        return set.substring(0, set.indexOf(';'));
    }

    private String[] session() throws Exception {
        return new String[] {"Cookie", cookie(call("POST", "/session", "{\"name\":\"ann\",\"password\":\"" + FakeAccess.PASSWORD + "\"}")), "X-CSRF-Token", "csrf0"};
    }

    @Test
    void logsInByWhatThePasskeySigned() throws Exception {
        assertEquals("{\"passwords\":true,\"passkeys\":false,\"sso\":null}", call("GET", "/session/ways", null).body());
        HttpResponse<String> begun = call("POST", "/session/passkey/begin", null);
        assertEquals("{\"challenge\":\"CQ\",\"rpId\":\"vault\",\"timeout\":300000,\"userVerification\":\"required\",\"allowCredentials\":[]}", begun.body());
        HttpResponse<String> opened = call("POST", "/session/passkey", SIGNED, "Cookie", cookie(begun));
        assertEquals(201, opened.statusCode(), opened.body());
        assertEquals(200, call("GET", "/session", null, "Cookie", cookie(opened)).statusCode());
        assertEquals(List.of("user ann|id0|done"), server.access.acts.stream().map(act -> act.who() + "|" + act.object() + "|" + act.outcome()).toList());
    }

    @Test
    void saysWhyNotInTheLogOnly() throws Exception {
        String begun = cookie(call("POST", "/session/passkey/begin", "{\"name\":\"ann\",\"password\":\"" + FakeAccess.PASSWORD + "\"}"));
        for (HttpResponse<String> refused : List.of(call("POST", "/session/passkey", SIGNED), call("POST", "/session/passkey", SIGNED.replace("Bw", "CA"), "Cookie", begun),
                call("POST", "/session/passkey/begin", "{\"name\":\"ann\",\"password\":\"wrong\"}"))) {
            assertEquals("access.refused", problem(refused, 401).path("code").asText());
        }
        assertEquals(List.of("|passkey.challenge", "|passkey.signature", "ann|access.refused"), server.access.acts.stream().map(act -> act.object() + "|" + act.outcome()).toList());
        assertEquals("csrf.denied", problem(call("POST", "/session/passkey", SIGNED, "Sec-Fetch-Site", "cross-site"), 403).path("code").asText());
        for (String wrong : List.of("{}", "{\"name\":\"ann\"}", SIGNED.replace("AQ", "A Q"), SIGNED.replace("clientDataJSON", "x"))) {
            problem(call("POST", wrong.contains("name") ? "/session/passkey/begin" : "/session/passkey", wrong), 400);
        }
    }

    @Test
    void keepsShowsAndForgetsOnesOwn() throws Exception {
        String[] proof = session();
        HttpResponse<String> wish = call("POST", "/session/passkeys/begin", AGAIN, proof);
        assertEquals("{\"rp\":{\"id\":\"vault\",\"name\":\"Azekura\"},\"user\":{\"id\":\"CA\",\"name\":\"ann\",\"displayName\":\"ann\"},\"challenge\":\"CQ\","
                + "\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":-7}],\"timeout\":300000,\"excludeCredentials\":[{\"type\":\"public-key\",\"id\":\"AQ\"}],"
                + "\"authenticatorSelection\":{\"residentKey\":\"required\",\"requireResidentKey\":true,\"userVerification\":\"required\"},\"attestation\":\"none\"}", wish.body());
        assertEquals("access.refused", problem(call("POST", "/session/passkeys/begin", "{\"password\":\"x\"}", proof), 401).path("code").asText());
        String row = "{\"id\":\"00ff\",\"name\":\"laptop\",\"host\":\"vault\",\"synced\":true,\"made\":\"2026-01-02T03:04:05Z\",\"used\":null}";
        assertEquals("{\"passkey\":" + row + ",\"recovery\":[\"aaaaa-bbbbb\"]}",
                call("POST", "/session/passkeys", "{\"name\":\"laptop\",\"clientDataJSON\":\"AQ\",\"attestationObject\":\"AQI\"}", proof).body());
        assertEquals("[" + row + "]", call("GET", "/session/passkeys", null, proof).body());
        assertEquals(row, call("POST", "/session/passkeys/00ff/remove", AGAIN, proof).body());
        problem(call("POST", "/session/passkeys/1/remove", AGAIN, proof), 404);
        problem(call("POST", "/session/passkeys", "{\"clientDataJSON\":\"AQ\",\"attestationObject\":\"AQI\"}", proof), 400);
        problem(call("GET", "/session/passkeys", null, "Authorization", "Bearer " + RestServer.TOKEN), 400);
        assertEquals(List.of("passkey laptop 1 2", "remove passkey 00ff of ann"), server.access.asked);
    }

    @Test
    void whoOwesAPasswordHasNoPasskeyInstead() throws Exception {
        server.access.duty = Session.Duty.PASSWORD;
        assertEquals("password.owed", problem(call("POST", "/session/passkeys/begin", AGAIN, session()), 403).path("code").asText());
    }

    @Test
    void takesOneFromWhoHasLostIt() throws Exception {
        assertEquals(1, Json.MAPPER.readTree(server.get("/users/ann/passkeys").body()).size());
        assertEquals(200, server.send("DELETE", "/users/ann/passkeys/00ff", null).statusCode());
        problem(server.send("DELETE", "/users/ann/passkeys/7", null), 404);
        assertEquals(List.of("remove passkey 00ff of ann"), server.access.asked);
    }
}
