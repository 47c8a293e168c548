package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Retention;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What keeps snapshots, over HTTP. */
class RetentionEndpointsTest {

    private static final String PIN = "/snapshots/0193b2c4/pin";

    @AutoClose
    private final RestServer server = RestServer.start();

    private String code(String method, String path, String body, int status) throws Exception {
        return ApiServletTest.problem(server.send(method, path, body), status).path("code").asText();
    }

    @Test
    void pinsAndUnpins() throws Exception {
        assertEquals("{\"since\":\"2026-11-26T12:00:00Z\",\"until\":null,\"why\":\"\"}", server.post(PIN, "{}").body());
        assertEquals("{\"since\":\"2026-11-26T12:00:00Z\",\"until\":\"2026-11-27T12:00:00Z\",\"why\":\"audit\"}", server.post(PIN, "{\"seconds\":86400,\"why\":\"audit\"}").body());
        assertTrue(server.get("/snapshots/0193b2c4").body().contains("\"keeps\":[\"daily 2026-11-24\"],\"pinned\":{\"since\":"), () -> "it is not told");
        assertEquals(200, server.send("DELETE", PIN, null).statusCode());
        assertEquals("pin.unknown", code("DELETE", PIN, null, 404));
        assertEquals("pin.invalid", code("POST", PIN, "{\"seconds\":1,\"until\":\"2027-01-01T00:00:00+01:00\"}", 400));
        assertEquals("request.value", code("POST", PIN, "{\"until\":\"tomorrow\"}", 400));
        assertEquals("snapshot.unknown", code("POST", "/snapshots/ffff/pin", "{}", 404));
    }

    @Test
    void tellsOfEachSnapshotWhatKeepsIt() throws Exception {
        String keeping = "\"keeps\":[\"daily 2026-11-24\"],\"pinned\":null,\"lockedUntil\":\"2026-11-26T12:00:00Z\",\"expires\":false}";
        assertTrue(server.get("/snapshots").body().contains(keeping));
        server.fake.saveSets.create(new KeptSaveSet(new ClientName("host"), null, new SaveSet(new SaveSetName("docs"), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
        assertEquals(201, server.post("/policies", "{\"name\":\"nightly\",\"saveSets\":[\"docs\"],\"pool\":\"default\"}").statusCode());
        assertTrue(server.get("/policies/nightly/retention").body().contains(keeping));
        assertEquals("policy.unknown", code("GET", "/policies/other/retention", null, 404));
        assertEquals("{\"pool\":\"main\",\"seconds\":2592000,\"mode\":\"governance\",\"device\":[\"governance\",\"compliance\"]}", server.get("/pools/main/lock").body());
        assertEquals("{\"pool\":\"main\",\"seconds\":3000000,\"mode\":\"compliance\",\"device\":null}",
                server.send("POST", "/pools/main/lock", "{\"seconds\":3000000,\"mode\":\"compliance\"}").body());
        assertEquals("request.value", code("POST", "/pools/main/lock", "{\"seconds\":3000000,\"mode\":\"hard\"}", 400));
        assertEquals("{\"pool\":\"main\",\"seconds\":3000000,\"mode\":\"governance\",\"device\":null}", server.send("POST", "/pools/main/lock", "{\"seconds\":3000000}").body());
        assertEquals("lock.refused", code("POST", "/pools/main/lock", "{\"seconds\":60}", 403));
        assertEquals("request.value", code("POST", "/pools/main/lock", "{}", 400));
    }

    @Test
    void triesRules() throws Exception {
        String body = server.post("/retention/simulate", "{\"times\":[\"2026-01-01T22:00:00+01:00\"],\"keep\":[\"daily=7\",\"last=1\"],\"zone\":\"Europe/Berlin\","
                + "\"until\":\"2026-02-01T00:00:00Z\"}").body();
        assertEquals("last=1,daily=7", Json.MAPPER.readTree(body).path("keep").asText());
        assertEquals(new Retention.Trial(List.of(Instant.parse("2026-01-01T21:00:00Z")), Keep.parse("last=1,daily=7"), ZoneId.of("Europe/Berlin"),
                Instant.parse("2026-02-01T00:00:00Z")), server.fake.retention.trials.getFirst());
        for (String wrong : List.of("{}", "{\"times\":[null],\"until\":\"2026-02-01T00:00:00Z\"}", "{\"times\":[]}", "{\"times\":[\"x\"],\"until\":\"2026-02-01T00:00:00Z\"}",
                "{\"times\":[],\"until\":\"2026-02-01T00:00:00Z\",\"zone\":\"Mars\"}", "{\"times\":[],\"until\":\"2026-02-01T00:00:00Z\",\"keep\":[\"dayly=7\"]}",
                "{\"times\":[],\"until\":\"2026-02-01T00:00:00Z\",\"keep\":[null]}")) {
            ApiServletTest.problem(server.post("/retention/simulate", wrong), 400);
        }
        assertEquals(List.of(), server.access.acts, "who only tries something has changed nothing");
    }

    @Test
    void ordersAnExpiry() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"expire\",\"policy\":\"nightly\"}").statusCode());
        assertEquals(new JobOrder.Expire(new PolicyName("nightly")), server.fake.orders.getLast());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"expire\"}").statusCode());
        assertEquals(new JobOrder.Expire(null), server.fake.orders.getLast());
    }
}
