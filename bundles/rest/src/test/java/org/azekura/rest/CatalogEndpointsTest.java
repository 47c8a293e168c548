package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CatalogEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void theCatalogIsSentAndTakenAsAFile() throws Exception {
        HttpResponse<String> sent = server.get("/catalog?leave=" + leave());
        assertEquals("a catalog", sent.body());
        assertTrue(sent.headers().firstValue("content-disposition").orElseThrow().contains("azekura-catalog.azc"));
        assertEquals("{\"restart\":true}", server.send("PUT", "/catalog?name=mine", "my catalog").body());
        assertEquals("mine: my catalog", server.catalog.admitted);
        HttpResponse<String> refused = server.send("PUT", "/catalog?name=mine", "something");
        assertEquals(400, refused.statusCode());
        assertTrue(refused.body().contains("the file mine: it is no catalog"), refused.body());
        assertEquals(List.of(), server.leftUploads());
    }

    private String leave() throws Exception {
        return Json.MAPPER.readTree(server.send("POST", "/catalog/export", "{}").body()).get("leave").asText();
    }

    @Test
    void leaveToFetchItIsUsedOnceByWhoGotItAndEachStepIsALineOfTheAuditLog() throws Exception {
        assertEquals(400, server.get("/catalog").statusCode());
        String leave = leave();
        assertEquals(400, server.as("admin", "GET", "/catalog?leave=" + leave, null).statusCode(), "another's");
        assertEquals(200, server.get("/catalog?leave=" + leave).statusCode());
        assertEquals(400, server.get("/catalog?leave=" + leave).statusCode(), "it was used");
        List<String> lines = server.access.acts.stream().map(act -> act.operation() + " " + act.outcome()).filter(line -> line.contains("catalog")).toList();
        assertEquals(List.of("GET catalog catalog.leave", "POST catalog/export done", "GET catalog catalog.leave", "GET catalog done", "GET catalog catalog.leave"), lines);
    }

    @Test
    void whoIsRefusedAnywayNeedNotSendTheFile() throws Exception {
        server.catalog.taken = true;
        assertTrue(server.send("PUT", "/catalog?name=mine", "my catalog").body().contains("catalog.taken"));
        assertEquals(null, server.catalog.admitted);
    }

    @Test
    void aServerThatStandsByAnswersWhatTheCatalogTells() throws Exception {
        server.catalog.leader = "backup1";
        server.servers.add(new CatalogServer("backup1", "", List.of(), true, false, Instant.EPOCH, Duration.ZERO));
        assertEquals(200, server.get("/jobs").statusCode());
        assertEquals(200, server.get("/status").statusCode());
        for (HttpResponse<String> refused : List.of(server.get("/devices"), server.send("POST", "/jobs", "{}"), server.send("PUT", "/catalog?name=mine", "my catalog"))) {
            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("server.standby") && refused.body().contains("backup1 leads"), refused.body());
        }
        server.catalog.leader = null;
        assertEquals(200, server.get("/devices").statusCode());
    }

    @Test
    void onlyAnAdminOfAllMayHaveIt() throws Exception {
        for (String who : List.of("operator", "restorer host", "auditor")) {
            assertEquals(403, server.as(who, "GET", "/catalog", null).statusCode(), who);
            assertEquals(403, server.as(who, "PUT", "/catalog", "my catalog").statusCode(), who);
        }
        assertEquals(null, server.catalog.admitted);
    }
}
