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
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DriverEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

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
    void tellsWhatCanBeSetAsASchema() throws Exception {
        JsonNode schema = json(server.get("/drivers/shelf/schema?language=ja"), 200);
        assertEquals("棚", schema.path("title").asText());
        assertEquals("[\"path\"]", schema.path("required").toString());
        JsonNode settings = schema.path("properties");
        assertEquals("{\"title\":\"Boards\",\"description\":\"How many, 1 to 9.\",\"type\":\"integer\",\"default\":3,\"minimum\":1.0,\"maximum\":9.0}", settings.path("boards").toString());
        assertEquals("{\"title\":\"Width (mm)\",\"description\":\"Of a board.\",\"type\":\"number\",\"default\":0.5,\"unit\":\"mm\"}", settings.path("width_mm").toString());
        assertEquals("[{\"const\":\"oak\",\"title\":\"Oak\"},{\"const\":\"elm\",\"title\":\"Elm\"}]", settings.path("wood").path("oneOf").toString());
        assertEquals("{\"title\":\"Locked\",\"type\":\"boolean\",\"default\":false}", settings.path("locked").toString());
        assertEquals("{\"title\":\"Key\",\"type\":\"string\",\"format\":\"password\"}", settings.path("key").toString());
        assertEquals("driver.unknown", ApiServletTest.problem(server.get("/drivers/nothing/schema"), 404).path("code").asText());
    }

    @Test
    void tellsWhatIsSetOfADeviceButNoSecrets() throws Exception {
        assertEquals("{\"driver\":\"shelf\",\"node\":\"n1\",\"values\":{\"boards\":\"5\",\"path\":\"/srv/pool\"},\"secrets\":[\"key\"]}", server.get("/devices/default/settings").body());
    }

    @Test
    void answersEveryChangeWithItsJob() throws Exception {
        for (HttpResponse<String> answer : List.of(server.post("/drivers?node=n1", "a package"), server.send("PUT", "/drivers/disk", "a package"),
                server.send("PUT", "/drivers", "a package"), server.send("DELETE", "/drivers/disk?node=n2", null))) {
            JsonNode job = json(answer, 202);
            assertEquals("/api/v1/jobs/7", answer.headers().firstValue("Location").orElseThrow());
            assertEquals(List.of("7", "driver", "queued"), List.of(job.path("id").asText(), job.path("kind").asText(), job.path("state").asText()));
        }
        assertEquals(List.of("install n1 by who has the token, from 127.0.0.1", "update disk null by who has the token, from 127.0.0.1",
                "update null null by who has the token, from 127.0.0.1", "remove disk n2"), server.drivers.calls);
        ApiServletTest.problem(server.send("DELETE", "/drivers/tape", null), 404);
        json(server.send("DELETE", "/drivers/disk?park=true", null), 202);
        assertEquals("remove disk null park", server.drivers.calls.getLast());
        ApiServletTest.problem(server.send("DELETE", "/drivers/disk?park=yes", null), 400);
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void showsWhatAJobChangesAndHowItEndedOnEachNode() throws Exception {
        server.fake.jobs.put(FakeDrivers.JOB.id(), FakeDrivers.JOB);
        server.fake.ordered = new JobOrder.Driver(Drivers.Kind.UPDATE, "disk", "1.1.0", List.of(FakeDrivers.NODE, new NodeName("n2")), false, "Eve", "c");
        assertEquals("{\"change\":\"update\",\"name\":\"disk\",\"version\":\"1.1.0\",\"nodes\":[\"n1\",\"n2\"]}",
                json(server.get("/jobs/7"), 200).path("driver").toString());
        assertEquals("result.unknown", ApiServletTest.problem(server.get("/jobs/7/result"), 404).path("code").asText());
        server.fake.results.put(FakeDrivers.JOB.id(), new JobResult.Driver(Drivers.Kind.UPDATE, "disk", List.of(
                new Drivers.Part(FakeDrivers.NODE, Drivers.State.DONE, 4, FakeDrivers.DISK, null),
                new Drivers.Part(new NodeName("n2"), Drivers.State.BACKED_OUT, 4, FakeDrivers.DISK,
                        BackupException.device("driver.backedout", "disk", "it failed its self-test", null).failure()),
                new Drivers.Part(new NodeName("n3"), Drivers.State.FAILED, 4, null, BackupException.operator("package.refused", "disk", "it is unsigned").failure()))));
        JsonNode result = json(server.get("/jobs/7/result"), 200);
        assertEquals("update disk", result.path("change").asText() + " " + result.path("driver").asText());
        JsonNode nodes = result.path("nodes");
        assertEquals(List.of("done", "backed-out", "failed"), List.of(nodes.get(0), nodes.get(1), nodes.get(2)).stream().map(node -> node.path("state").asText()).toList());
        assertEquals("disk", nodes.path(0).path("driver").path("name").asText());
        assertTrue(nodes.path(0).path("problem").isNull());
        assertEquals("driver.backedout", nodes.path(1).path("problem").path("code").asText());
        assertEquals(403, nodes.path(2).path("problem").path("status").asInt());
    }

    @Test
    void beginsNothingAndKeepsNothingWhenTheCallIsWrong() throws Exception {
        ApiServletTest.problem(server.post("/drivers?node=n%207", "good"), 404);
        ApiServletTest.problem(server.post("/drivers", ""), 400);
        ApiServletTest.problem(server.send("PUT", "/drivers/tape", "good"), 404);
        // the last: whose body nobody reads, his connection may end with it
        ApiServletTest.problem(server.post("/drivers?colour=red", "good"), 400);
        assertEquals(List.of(), server.drivers.calls);
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void takesALargePackageThroughAFile() throws Exception {
        byte[] large = new byte[9 << 20];
        HttpResponse<String> answer = server.client.send(server.request(Route.ROOT + "/drivers").header("Authorization", "Bearer " + RestServer.TOKEN)
                .POST(BodyPublishers.ofByteArray(large)).build(), BodyHandlers.ofString());
        assertEquals(202, answer.statusCode(), answer.body());
        assertEquals(large.length, server.drivers.largest);
        assertEquals(List.of(), server.leftUploads());
    }

    @Test
    void takesAnotherCallOnTheConnectionOfOneThatWasRefusedEarly() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.request("/").build().uri().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            byte[] part = new byte[20_000];
            out.write(("POST /api/v1/drivers?colour=red HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + RestServer.TOKEN
                    + "\r\nContent-Length: " + 2 * part.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(part);
            out.flush();
            out.write(part);
            out.write(("GET /api/v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + RestServer.TOKEN
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String both = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(both.startsWith("HTTP/1.1 400") && both.contains("HTTP/1.1 404"), both);
        }
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
                + "\"problem\":\"\",\"use\":" + server.get("/devices/default/budget").body() + "}]", server.get("/devices?node=n1").body());
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

    @Test
    void changesTheSettingsOfADevice() throws Exception {
        String body = "{\"settings\":{\"path\":\"/mnt\",\"size\":null}}";
        assertEquals("served", json(server.send("PATCH", "/devices/default?node=n1", body), 200).path("state").asText());
        json(server.post("/devices/default", body), 200);
        assertEquals(List.of("change default {path=/mnt} [size] n1", "change default {path=/mnt} [size] null"), server.devices.calls);
        assertEquals("volume.missing", ApiServletTest.problem(server.send("PATCH", "/devices/sick", body), 409).path("code").asText());
        ApiServletTest.problem(server.send("PATCH", "/devices/default", "{\"settings\":{}}"), 400);
        ApiServletTest.problem(server.send("PATCH", "/devices/default", "{}"), 400);
        ApiServletTest.problem(server.send("PATCH", "/devices/a%20b", body), 404);
    }

    @Test
    void boundsWhatADeviceCarriesInAMonth() throws Exception {
        String use = "{\"device\":\"default\",\"node\":\"n1\",\"month\":\"2026-11\",\"bytesIn\":1000,\"bytesOut\":500,\"requests\":100,\"writes\":30,\"reads\":70,\"free\":5,"
                + "\"money\":2.5,\"thaws\":0.5,\"budget\":";
        assertEquals(use + "null,\"percent\":0,\"spent\":false,\"until\":\"2026-12-01T00:00:00Z\"}", server.get("/devices/default/budget").body());
        assertEquals(use + "{\"bytes\":null,\"requests\":100,\"money\":5.0},\"percent\":100,\"spent\":true,\"until\":\"2026-12-01T00:00:00Z\"}",
                server.send("PUT", "/devices/default/budget?node=n1", "{\"requests\":100,\"money\":5.00}").body());
        for (String bad : List.of("{}", "{\"bytes\":-1}", "{\"requests\":9223372036854775807}", "{\"money\":-0.01}", "{\"money\":1e99}", "{\"bytes\":\"many\"}")) {
            ApiServletTest.problem(server.send("PUT", "/devices/default/budget", bad), 400);
        }
        assertEquals(200, server.send("DELETE", "/devices/default/budget", null).statusCode());
        assertEquals(List.of("budget default Budget[bytes=-1, requests=100, micros=5000000] n1", "budget default Budget[bytes=-1, requests=-1, micros=-1] null"), server.devices.calls);
        ApiServletTest.problem(server.get("/devices/nowhere/budget"), 404);
    }
}
