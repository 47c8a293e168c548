package org.azekura.rest.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.JoinRequest;
import org.azekura.rest.ApiServletTest;
import org.azekura.rest.RestServer;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The one way in for who has no token: what it takes, and how little of it. */
class JoinServletTest {

    private static final String REQUEST = "{\"code\":\"7K2M\",\"role\":\"client\",\"host\":\"web1\",\"publicKey\":\"AQI=\",\"proof\":\"Aw==\",\"possession\":\"BA==\"}";

    @AutoClose
    private final RestServer server = RestServer.start();

    private HttpResponse<String> send(String method, String body) throws Exception {
        return server.client.send(server.request(JoinServlet.PATH).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    @Test
    void takesARequestWithoutAToken() throws Exception {
        HttpResponse<String> answer = send("POST", REQUEST);
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("{\"certificate\":\"AQ==\",\"authority\":\"Ag==\",\"name\":\"web1\",\"server\":\"tls::8444/server\",\"appliance\":\"aa\",\"proof\":\"Aw==\"}",
                answer.body());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
        JoinRequest.Signed seen = server.enrolment.requests.getFirst();
        assertEquals(HostRole.CLIENT, seen.request().role());
        assertEquals("", seen.request().name());
        assertArrayEquals(new byte[] {1, 2}, seen.request().publicKey());
        assertEquals(0, seen.request().earlier().length);
        assertFalse(seen.request().replace());
    }

    @Test
    void saysWhyACodeIsRefused() throws Exception {
        ApiServletTest.problem(send("POST", REQUEST.replace("7K2M", "0000")), 403);
    }

    @Test
    void takesNothingElse() throws Exception {
        for (String method : new String[] {"GET", "PUT", "DELETE", "PATCH"}) {
            assertEquals("POST", send(method, null).headers().firstValue("Allow").orElseThrow(), method);
        }
        for (String wrong : new String[] {"", "{}", "[]", "nonsense", REQUEST.replace("\"code\":\"7K2M\",", ""), REQUEST.replace("client", "server"),
            REQUEST.replace("AQI=", "%%%"), REQUEST.replace("\"code\"", "\"secret\"")}) {
            ApiServletTest.problem(send("POST", wrong), 400);
        }
        ApiServletTest.problem(send("POST", REQUEST.replace("}", ",\"earlier\":\"" + "A".repeat(12_000) + "\"}")), 400);
        assertTrue(server.enrolment.requests.isEmpty());
    }

    @Test
    void readsNoMoreThanARequestNeeds() throws Exception {
        ApiServletTest.problem(send("POST", REQUEST + " ".repeat(JoinServlet.BODY_LIMIT)), 413);
        assertTrue(server.enrolment.requests.isEmpty());
    }

    @Test
    void isNotTriedAgainAndAgain() throws Exception {
        for (int i = 0; i < JoinServlet.AT_ONCE; i++) {
            ApiServletTest.problem(send("POST", REQUEST.replace("7K2M", "0000")), 403);
        }
        HttpResponse<String> tooOften = send("POST", REQUEST);
        ApiServletTest.problem(tooOften, 429);
        assertEquals("10", tooOften.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(JoinServlet.AT_ONCE, server.enrolment.requests.size());
        server.nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertEquals(200, send("POST", REQUEST).statusCode());
    }

    @Test
    void leavesEverythingElseClosed() throws Exception {
        for (String path : new String[] {"/join/", "/join/x", "/hosts", "/enrolments"}) {
            // Without a body: one that is not read may cost the connection, which the client then finds closed at its next request.
            assertEquals(401, server.client.send(server.request(Route.ROOT + path).POST(BodyPublishers.noBody()).build(),
                    BodyHandlers.ofString()).statusCode(), path);
        }
    }
}
