package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DriverRoutesTest {

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static JsonNode json(HttpResponse<String> response, int status) throws Exception {
        assertEquals(status, response.statusCode(), response::body);
        return Json.MAPPER.readTree(response.body());
    }

    @Test
    void aPackageIsTakenAsItIsAndTheOutcomeNamesEachNode() throws Exception {
        JsonNode list = json(server.get("/drivers"), 200);
        assertEquals("[{\"node\":\"n1\",\"name\":\"disk\",\"version\":\"1.0.0\",\"publisher\":\"Azekura\",\"state\":\"active\",\"devices\":[\"d1\"],\"problem\":\"\","
                + "\"backedOut\":null}]", list.toString());
        JsonNode done = json(server.post("/drivers?update", "1.1.0"), 200).get(0);
        assertEquals("1.1.0", done.get("version").asText());
        assertTrue(done.get("backedOut").isNull());
        JsonNode out = json(server.post("/drivers?update=true", "bad"), 200).get(0);
        assertEquals("1.1.0", out.get("version").asText());
        assertEquals("it does not work", out.get("backedOut").asText());
    }

    @Test
    void whatIsRefusedSaysWhy() throws Exception {
        assertEquals("package.refused", json(server.post("/drivers?update", "foreign"), 403).get("code").asText());
        assertEquals("package.invalid", json(server.post("/drivers", "garbage"), 400).get("code").asText());
        assertEquals("driver.installed", json(server.post("/drivers", "1.1.0"), 400).get("code").asText());
        assertEquals("driver.used", json(server.send("DELETE", "/drivers/disk", null), 409).get("code").asText());
        assertEquals("request.parameter", json(server.post("/drivers?force", "1.1.0"), 400).get("code").asText());
    }

    @Test
    void publishersAreTrustedAndTrustedNoLonger() throws Exception {
        assertEquals("Ann", json(server.post("/publishers", "{\"certificate\": \"Ann\"}"), 200).get("name").asText());
        assertEquals(1, json(server.get("/publishers"), 200).size());
        assertEquals("certificate", json(server.post("/publishers", "{}"), 400).get("subject").asText());
        json(server.send("DELETE", "/publishers/Ann", null), 200);
        assertEquals("publisher.unknown", json(server.send("DELETE", "/publishers/Ann", null), 404).get("code").asText());
    }

    @Test
    void developmentModeIsASetting() throws Exception {
        assertEquals("false", json(server.get("/development"), 200).get("on").asText());
        assertEquals("true", json(server.post("/development", "{\"on\": true}"), 200).get("on").asText());
    }
}
