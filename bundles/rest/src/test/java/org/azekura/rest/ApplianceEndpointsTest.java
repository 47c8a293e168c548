package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ApplianceEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void tellsTheStatus() throws Exception {
        assertEquals("{\"version\":\"0.1.0\",\"catalog\":\"SQLite in /home\",\"servers\":[],\"trees\":{\"device\":\"\",\"state\":\"here\",\"problem\":\"\"},\"roles\":[{\"kind\":\"client\",\"name\":\"host\",\"connected\":true}],"
                + "\"warnings\":[\"export the key of pool default\"],\"running\":1,\"snapshots\":2,"
                + "\"power\":[{\"device\":\"ups1\",\"node\":\"n\",\"supply\":\"battery\",\"held\":true,\"voltage\":230.4,\"charge\":null,\"since\":\"1970-01-01T00:00:00Z\",\"problem\":\"\"}],"
                + "\"clock\":{\"state\":\"frozen\",\"by\":[],\"retentionTime\":\"2026-01-02T03:04:05Z\","
                + "\"machineTime\":\"2026-01-02T04:04:05Z\",\"advice\":\"set it right\"},\"proven\":null,\"spread\":{\"safe\":0,\"partly\":0,\"single\":0,\"lost\":0},"
                + "\"backup\":{\"pools\":2,\"current\":1,\"newest\":\"2026-01-02T03:04:05Z\"}}", server.get("/status").body());
    }

    @Test
    void tellsOfTheAppliancesOwnBackupAndHasItWritten() throws Exception {
        assertEquals("{\"pools\":[{\"pool\":\"default\",\"node\":\"n\",\"written\":\"2026-01-02T03:04:05Z\",\"current\":true,\"problem\":\"\"},"
                + "{\"pool\":\"tape\",\"node\":\"n\",\"written\":null,\"current\":false,\"problem\":\"its medium is not there\"}],\"newest\":\"2026-01-02T03:04:05Z\","
                + "\"left\":[{\"kind\":\"user\",\"name\":\"ann\",\"what\":\"user ann is kept out\",\"command\":\"azekura user reset ann\"}]}", server.get("/appliance/backup").body());
        assertEquals("2026-01-02T03:05:05Z", Json.MAPPER.readTree(server.post("/appliance/backup", "").body()).path("newest").asText());
        assertEquals("[]", Json.MAPPER.readTree(server.post("/appliance/backup/forget", "").body()).path("left").toString());
    }

    @Test
    void saysWhatTheTimeIsAndTakesAConfirmation() throws Exception {
        assertEquals(Json.MAPPER.readTree(server.get("/status").body()).get("clock"), Json.MAPPER.readTree(server.get("/clock").body()));
        assertEquals("{\"state\":\"confirmed\",\"by\":[\"admin\"],\"retentionTime\":\"2026-01-02T04:04:05Z\",\"machineTime\":\"2026-01-02T04:04:05Z\","
                + "\"advice\":null}", server.post("/clock/confirm", "{\"machineTime\":\"2026-01-02T04:04:05Z\"}").body());
        for (String wrong : List.of("{}", "{\"machineTime\":\"noon\"}")) {
            assertEquals(400, server.post("/clock/confirm", wrong).statusCode());
        }
    }

    @Test
    void saysAtWhichSiteThingsAre() throws Exception {
        assertEquals("[{\"kind\":\"node\",\"name\":\"host\",\"site\":\"here\",\"said\":false}]", server.get("/sites").body());
        assertEquals("{\"kind\":\"pool\",\"name\":\"host\",\"site\":\"tokyo\",\"said\":true}",
                server.send("POST", "/sites", "{\"kind\":\"pool\",\"name\":\"host\",\"site\":\"tokyo\"}").body());
        assertEquals("{\"kind\":\"pool\",\"name\":\"host\",\"site\":\"here\",\"said\":false}", server.send("POST", "/sites", "{\"kind\":\"pool\",\"name\":\"host\"}").body());
        for (String wrong : new String[] {"{}", "{\"kind\":\"planet\",\"name\":\"host\"}", "{\"kind\":\"node\"}", "{\"kind\":\"node\",\"name\":\"host\",\"site\":\"a b\"}"}) {
            assertEquals("request.value", ApiServletTest.problem(server.send("POST", "/sites", wrong), 400).path("code").asText(), wrong);
        }
        assertEquals("client.unknown", ApiServletTest.problem(server.send("POST", "/sites", "{\"kind\":\"client\",\"name\":\"x\",\"site\":\"tokyo\"}"), 404).path("code").asText());
    }
}
