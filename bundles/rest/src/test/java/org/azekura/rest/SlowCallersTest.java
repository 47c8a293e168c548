package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.azekura.rest.call.Route;
import org.azekura.rest.host.JoinServlet;
import org.azekura.rest.https.HealthServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hundred callers whom nobody let in, and who never send what they say they will, keep nobody out. */
@Timeout(300)
class SlowCallersTest {

    private final List<Socket> slow = new ArrayList<>();
    @AutoClose
    private final RestServer server = RestServer.ofHome(RestServer.TOKEN);

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    private Socket begin(String path, String headers) throws Exception {
        Socket socket = new Socket("127.0.0.1", server.request("/").build().uri().getPort());
        socket.setSoTimeout(30_000);
        slow.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n{").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    @Test
    void areServedIfAllComesInTime() throws Exception {
        String order = "{\"kind\":\"verify\"}";
        Socket socket = begin(Route.ROOT + "/jobs", "Authorization: Bearer " + RestServer.TOKEN + "\r\nConnection: close\r\nContent-Length: " + order.length() + "\r\n");
        assertEquals(200, server.get("/status").statusCode());
        socket.getOutputStream().write(order.substring(1).getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 202"), answer);
    }

    /** He may lose his rights while he sends. */
    @Test
    void areAskedAgainWhoTheyAreWhenAllHasCome() throws Exception {
        String cookie = server.client.send(server.request(Route.ROOT + "/session").POST(BodyPublishers.ofString("{\"name\":\"ann\",\"password\":\"" + FakeAccess.PASSWORD + "\"}")).build(),
                BodyHandlers.ofString()).headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        Socket socket = begin(Route.ROOT + "/jobs", "Cookie: " + cookie + "\r\nX-CSRF-Token: csrf0\r\nConnection: close\r\nContent-Length: 17\r\n");
        assertEquals(200, server.get("/status").statusCode());
        server.access.open.clear();
        socket.getOutputStream().write("\"kind\":\"verify\"}".getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
        assertTrue(server.fake.orders.isEmpty());
    }

    @Test
    void holdUpNobody() throws Exception {
        String chunked = "Transfer-Encoding: chunked\r\n";
        for (int i = 0; i < 40; i++) {
            begin(Route.ROOT + "/session", "Content-Length: 100\r\n");
            begin(Route.ROOT + "/session", chunked);
            begin(Route.ROOT + "/jobs", "Content-Length: 100\r\nAuthorization: Bearer wrong\r\n");
            begin(Route.ROOT + "/drivers", "Content-Length: 1000000\r\n");
            if (i < 20) {
                begin(JoinServlet.PATH, "Content-Length: 100\r\n");
            }
            begin("/metrics", "Content-Length: 100\r\n");
        }
        long began = System.nanoTime();
        assertEquals(200, server.client.send(server.request(HealthServlet.PATH).build(), BodyHandlers.ofString()).statusCode());
        assertEquals(200, server.get("/status").statusCode());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"verify\"}").statusCode());
        assertEquals(201, server.client.send(server.request(Route.ROOT + "/session").POST(BodyPublishers.ofString(
                "{\"name\":\"ann\",\"password\":\"" + FakeAccess.PASSWORD + "\"}")).build(), BodyHandlers.ofString()).statusCode());
        // those above have at least ten seconds before they are sent away: nobody waited for that
        assertTrue(System.nanoTime() - began < 9_000_000_000L, "it took " + (System.nanoTime() - began) / 1_000_000 + " ms");
    }
}
