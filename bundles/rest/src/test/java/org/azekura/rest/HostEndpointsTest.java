package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.List;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class HostEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void listsClientsWithTheirConnection() throws Exception {
        assertEquals("[{\"name\":\"host\",\"connected\":true,\"lastSeen\":\"2026-01-02T03:04:05Z\",\"used\":7,\"quota\":-1},"
                + "{\"name\":\"other\",\"connected\":false,\"lastSeen\":null,\"used\":0,\"quota\":-1}]", server.get("/clients").body());
    }

    @Test
    void tellsAndChangesWhatWasLaidDownForAClient() throws Exception {
        assertEquals("{\"client\":\"host\",\"pool\":null,\"group\":null,\"limits\":[]}", server.get("/clients/host/terms").body());
        assertEquals(200, server.post("/clients/host/pool", "{\"group\":\"sites\"}").statusCode());
        String limits = "{\"limits\":[{\"perSecond\":1048576,\"from\":\"08:00\",\"to\":\"18:00\"},{\"perSecond\":65536}]}";
        assertEquals("{\"client\":\"host\",\"pool\":null,\"group\":\"sites\",\"limits\":[{\"perSecond\":1048576,\"from\":\"08:00\",\"to\":\"18:00\"},"
                + "{\"perSecond\":65536,\"from\":null,\"to\":null}]}", server.post("/clients/host/limits", limits).body());
        assertEquals("default", Json.MAPPER.readTree(server.post("/clients/host/pool", "{\"pool\":\"default\"}").body()).path("pool").asText());
        for (String wrong : new String[] {"{}", "{\"limits\":[null]}", "{\"limits\":[{\"perSecond\":1}]}", "{\"limits\":[{\"perSecond\":65536,\"from\":\"8\",\"to\":\"9\"}]}",
            "{\"limits\":[{\"perSecond\":65536,\"from\":\"08:00\"}]}"}) {
            ApiServletTest.problem(server.post("/clients/host/limits", wrong), 400);
        }
        ApiServletTest.problem(server.post("/clients/host/pool", "{\"pool\":\"a\",\"group\":\"b\"}"), 400);
    }

    @Test
    void tellsSetsAndLiftsAQuota() throws Exception {
        String quota = "{\"client\":\"host\",\"used\":7,\"quota\":%d}";
        assertEquals(quota.formatted(-1), server.get("/clients/host/quota").body());
        assertEquals(quota.formatted(4096), server.post("/clients/host/quota", "{\"quota\":4096}").body());
        assertEquals(quota.formatted(4096), server.get("/clients/host/quota").body());
        assertEquals(quota.formatted(-1), server.post("/clients/host/quota", "{\"quota\":0}").body());
        for (String wrong : new String[] {"{}", "{\"quota\":-2}", "{\"quota\":\"much\"}", "{\"bytes\":1}"}) {
            ApiServletTest.problem(server.post("/clients/host/quota", wrong), 400);
        }
        ApiServletTest.problem(server.get("/clients/nobody/quota"), 404);
    }

    @Test
    void tellsAndChangesATrustGroup() throws Exception {
        String both = "{\"client\":\"other\",\"group\":\"00000000000000010000000000000002\",\"members\":[\"host\",\"other\"]}";
        assertEquals(both, server.get("/clients/other/trust-group").body());
        assertEquals(both, server.post("/clients/other/trust-group", "{\"join\":\"host\"}").body());
        ApiServletTest.problem(server.post("/clients/other/trust-group", "{\"join\":\"nobody\"}"), 404);
        ApiServletTest.problem(server.post("/clients/other/trust-group", "{}"), 400);
        ApiServletTest.problem(server.post("/clients/other/trust-group/leave", null), 409);
    }

    @Test
    void makesACodeForAHost() throws Exception {
        HttpResponse<String> answer = server.post("/enrolments", "{}");
        assertEquals(201, answer.statusCode());
        assertEquals("{\"code\":\"7K2M-0\",\"expires\":\"2026-01-02T03:04:05Z\",\"fingerprint\":\"ab\",\"url\":\"https://backup1:8443\"}", answer.body());
        assertEquals(201, server.post("/enrolments", "{\"role\":\"node\",\"name\":\"n1\",\"seconds\":60}").statusCode());
        assertEquals(List.of("enrol whichever null PT1H", "enrol node n1 PT1M"), server.enrolment.calls);
        ApiServletTest.problem(server.post("/enrolments", "{\"name\":\"taken\"}"), 409);
        assertEquals("role", ApiServletTest.problem(server.post("/enrolments", "{\"role\":\"server\"}"), 400).path("subject").asText());
    }

    @Test
    void listsAndRevokesHosts() throws Exception {
        assertEquals("[{\"name\":\"n1\",\"role\":\"node\",\"connected\":true,\"lastSeen\":\"2026-01-02T03:04:05Z\",\"version\":\"0.1.0\",\"expires\":\"2026-01-02T03:04:14Z\","
                + "\"revoked\":null,\"used\":null,\"quota\":null},{\"name\":\"web1\",\"role\":\"client\",\"connected\":false,\"lastSeen\":null,\"version\":null,\"expires\":null,"
                + "\"revoked\":\"2026-01-02T03:04:05Z\",\"used\":null,\"quota\":null}]", server.get("/hosts").body());
        assertEquals("{\"revoked\":[\"client/web1\",\"node/web1\"]}", server.post("/hosts/node/web1/revoke", null).body());
        assertEquals(List.of("revoke node web1"), server.enrolment.calls);
        ApiServletTest.problem(server.post("/hosts/client/nobody/revoke", null), 404);
        ApiServletTest.problem(server.post("/hosts/server/web1/revoke", null), 400);
    }

    @Test
    void aHostIsDialledWhereItSays() throws Exception {
        for (String path : List.of("/clients/other/address", "/nodes/other/address")) {
            String nowhere = "{\"name\":\"other\",\"address\":null}";
            assertEquals(nowhere, server.get(path).body());
            String there = "{\"name\":\"other\",\"address\":\"web1:8444\"}";
            assertEquals(there, server.post(path, "{\"address\":\"web1:8444\"}").body());
            assertEquals(there, server.get(path).body());
            ApiServletTest.problem(server.post(path, "{\"address\":\"nowhere\"}"), 400);
            ApiServletTest.problem(server.post(path, "{}"), 400);
            assertEquals(nowhere, server.post(path, "{\"address\":\"\"}").body());
        }
    }
}
