package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.azekura.api.server.Drivers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriverEndpointsTest {

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static JsonNode json(HttpResponse<String> answer, int status) throws Exception {
        assertEquals(status, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }

    @Test
    void listsDriversWithTheirDevicesAndNode() throws Exception {
        assertEquals("[{\"name\":\"disk\",\"version\":\"1.0.0\",\"publisher\":\"Azekura\",\"signed\":true,\"state\":\"active\",\"devices\":[\"default\"],\"node\":\"n1\","
                + "\"problem\":\"\"}]", server.get("/drivers").body());
        server.get("/drivers?node=n7");
        assertEquals(List.of("list null", "list n7"), server.drivers.calls);
        ApiServletTest.problem(server.get("/drivers?node=n%207"), 404);
    }

    @Test
    void answersAChangeThatEndsSoonAsItEnded() throws Exception {
        JsonNode done = json(server.post("/drivers?node=n1", "good"), 200);
        assertEquals("install", done.path("kind").asText());
        assertEquals("done", done.path("nodes").path(0).path("state").asText());
        assertEquals("disk", done.path("nodes").path(0).path("driver").path("name").asText());
        assertTrue(done.path("nodes").path(0).path("problem").isNull());
        JsonNode back = json(server.send("PUT", "/drivers/disk", "back"), 200);
        assertEquals("backed-out", back.path("nodes").path(0).path("state").asText());
        assertEquals("driver.backedout", back.path("nodes").path(0).path("problem").path("code").asText());
        json(server.send("PUT", "/drivers", "good"), 200);
        assertEquals(List.of("install n1 by who has the token, from 127.0.0.1", "wait 20", "update disk null by who has the token, from 127.0.0.1", "wait 20",
                "update null null by who has the token, from 127.0.0.1", "wait 20"), server.drivers.calls);
    }

    @Test
    void answersWhatFailedEverywhereAsItsProblem() throws Exception {
        assertEquals("package.refused", ApiServletTest.problem(server.post("/drivers", "bad"), 403).path("code").asText());
        assertEquals("package.invalid", ApiServletTest.problem(server.post("/drivers", "hello"), 400).path("code").asText());
        assertEquals("driver.used", ApiServletTest.problem(server.send("DELETE", "/drivers/disk", null), 409).path("code").asText());
        ApiServletTest.problem(server.send("DELETE", "/drivers/tape", null), 404);
        // who wants to know node by node asks for it
        JsonNode refused = json(server.post("/drivers?wait=0", "bad"), 200);
        assertEquals("package.refused", refused.path("nodes").path(0).path("problem").path("code").asText());
        assertEquals(403, refused.path("nodes").path(0).path("problem").path("status").asInt());
    }

    @Test
    void answersALongChangeWithWhereItIs() throws Exception {
        HttpResponse<String> answer = server.post("/drivers?wait=0", "slow");
        JsonNode begun = json(answer, 202);
        assertEquals("/api/v1/driver-changes/c1", answer.headers().firstValue("Location").orElseThrow());
        assertTrue(begun.path("ended").isNull());
        assertEquals("sending", json(server.get("/driver-changes/c1?wait=5"), 200).path("nodes").path(0).path("state").asText());
        assertTrue(server.drivers.calls.contains("wait 5"), server.drivers.calls.toString());
        ApiServletTest.problem(server.get("/driver-changes/c2"), 404);
        ApiServletTest.problem(server.get("/driver-changes/c1?wait=31"), 400);
    }

    @Test
    void beginsNothingAndKeepsNothingWhenTheCallIsWrong() throws Exception {
        ApiServletTest.problem(server.post("/drivers?wait=soon", "good"), 400);
        ApiServletTest.problem(server.post("/drivers?colour=red", "good"), 400);
        ApiServletTest.problem(server.post("/drivers", ""), 400);
        ApiServletTest.problem(server.send("PUT", "/drivers/tape", "good"), 404);
        assertEquals(List.of(), server.drivers.calls);
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void takesALargePackageThroughAFile() throws Exception {
        byte[] large = new byte[9 << 20];
        HttpResponse<String> answer = server.client.send(server.request(ApiServlet.ROOT + "/drivers").header("Authorization", "Bearer " + RestServer.TOKEN)
                .POST(BodyPublishers.ofByteArray(large)).build(), BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(large.length, server.drivers.largest);
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void refusesTooMuchBeforeItIsSent() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.request("/").build().uri().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/v1/drivers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + RestServer.TOKEN + "\r\nContent-Length: "
                    + (Drivers.MAX_PACKAGE + 1) + "\r\n\r\nsome").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            String head = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 413", head);
        }
        assertEquals(List.of(), server.drivers.calls);
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void tellsAndChangesWhomItTrusts() throws Exception {
        JsonNode list = json(server.get("/publishers"), 200);
        assertEquals("{\"name\":\"Ann\",\"fingerprint\":\"aa\",\"state\":\"expired\",\"from\":\"2026-01-02T03:04:05Z\",\"until\":\"2026-01-02T03:04:14Z\","
                + "\"shipped\":false,\"trusted\":\"2026-01-02T03:04:05Z\",\"by\":\"Bob\"}", list.path(0).toString());
        assertTrue(list.path(1).path("shipped").asBoolean() && list.path(1).path("state").asText().equals("trusted"), list.toString());
        json(server.post("/publishers", "{\"certificate\":\"pem\",\"name\":\"Ann\"}"), 201);
        ApiServletTest.problem(server.post("/publishers", "{\"certificate\":\"\"}"), 400);
        ApiServletTest.problem(server.post("/publishers", "{}"), 400);
        json(server.send("DELETE", "/publishers/Ann%20%26%20Co", null), 200);
        ApiServletTest.problem(server.send("DELETE", "/publishers/Nobody", null), 404);
        assertEquals(List.of("trust pem Ann", "distrust Ann & Co by who has the token, from 127.0.0.1"), server.drivers.calls);
    }

    @Test
    void turnsDevelopmentModeOnAndOff() throws Exception {
        assertEquals("{\"on\":false,\"since\":null,\"by\":\"\"}", json(server.get("/development-mode"), 200).toString());
        assertTrue(json(server.post("/development-mode", "{\"on\":true}"), 200).path("on").asBoolean());
        JsonNode on = json(server.get("/development-mode"), 200);
        assertTrue(on.path("on").asBoolean() && on.path("since").asText().endsWith("Z") && !on.path("by").asText().isEmpty(), on::toString);
        ApiServletTest.problem(server.post("/development-mode", "{}"), 400);
        assertTrue(server.drivers.development().on());
    }

    @Test
    void listsAddsTriesAndForgetsDevices() throws Exception {
        assertEquals("[{\"name\":\"default\",\"driver\":\"disk\",\"node\":\"n1\",\"state\":\"served\",\"location\":\"/srv/pool\",\"pools\":[\"default\"],"
                + "\"problem\":\"\"}]", server.get("/devices?node=n1").body());
        json(server.post("/devices", "{\"name\":\"d2\",\"driver\":\"disk\",\"settings\":{\"path\":\"/srv/x\"},\"node\":\"n1\"}"), 201);
        ApiServletTest.problem(server.post("/devices", "{\"name\":\"default\",\"driver\":\"disk\"}"), 409);
        ApiServletTest.problem(server.post("/devices", "{\"name\":\"d2\"}"), 400);
        ApiServletTest.problem(server.post("/devices", "{\"name\":\"d2\",\"driver\":\"disk\",\"settings\":{\"path\":null}}"), 400);
        assertEquals("served", json(server.post("/devices/default/test", null), 200).path("state").asText());
        assertEquals("device.sick", ApiServletTest.problem(server.post("/devices/sick/test", null), 503).path("code").asText());
        assertEquals("device.used", ApiServletTest.problem(server.send("DELETE", "/devices/default", null), 409).path("code").asText());
        assertEquals("{\"name\":\"d2\"}", server.send("DELETE", "/devices/d2?node=n1", null).body());
        assertEquals(List.of("add d2 disk {path=/srv/x} n1", "forget d2 n1"), server.devices.calls);
    }
}
