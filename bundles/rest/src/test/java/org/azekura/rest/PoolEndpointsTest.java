package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.azekura.api.NodeName;
import org.azekura.api.PoolGroup;
import org.azekura.api.server.Pools;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PoolEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void makesAPoolOnceAndShowsIt() throws Exception {
        String order = "{\"name\":\"off\",\"driver\":\"disk\",\"settings\":{\"path\":\"/srv/off\"}}";
        HttpResponse<String> made = server.post("/pools", order);
        assertEquals(201, made.statusCode(), made.body());
        assertEquals("/api/v1/pools/off", made.headers().firstValue("Location").orElseThrow());
        assertEquals("pool.exists", ApiServletTest.problem(server.post("/pools", order), 409).path("code").asText());
        JsonNode pool = server.json("/pools/off");
        assertEquals("/srv/off", pool.path("volumes").path(0).path("location").asText());
        assertEquals(-1, pool.path("capacity").asLong());
        assertEquals(2, server.json("/pools").size());
        assertEquals("appendable", server.json("/volumes?pool=off").path(0).path("state").asText());
        assertEquals(3, server.json("/volumes").size());
        ApiServletTest.problem(server.post("/pools", "{\"name\":\"b\",\"driver\":\"disk\",\"settings\":{\"path\":null}}"), 400);
        ApiServletTest.problem(server.post("/pools", "{\"name\":\"b\"}"), 400);
    }

    @Test
    void makesAPoolOnANodeInAGroup() throws Exception {
        String order = "{\"name\":\"p\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"node\":\"%s\",\"group\":\"%s\",\"patience\":3}";
        assertEquals(201, server.post("/pools", order.formatted("n2", "sites")).statusCode());
        assertEquals(new Pools.Site(new NodeName("n2"), new PoolGroup("sites")), server.fake.site);
        assertEquals("sites", server.json("/pools/p").path("group").asText());
        assertEquals(3, server.json("/pools/p").path("patience").asInt());
        assertEquals(200, server.post("/pools/p", "{\"group\":\"\"}").statusCode());
        assertTrue(server.json("/pools/p").path("group").isNull());
        ApiServletTest.problem(server.post("/pools/p", "{\"group\":\"a b\"}"), 400);
        ApiServletTest.problem(server.post("/pools", order.formatted("n 2", "sites")), 404);
    }

    @Test
    void makesASealedPool() throws Exception {
        server.post("/pools", "{\"name\":\"p\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"recipients\":[\"text\"],\"sealed\":true}");
        assertEquals(new Pools.Readers(List.of("text"), true), server.fake.readers);
    }

    @Test
    void handsOutTheRecoveryFileAsText() throws Exception {
        HttpResponse<String> answer = server.post("/pools/default/recovery", null);
        assertEquals("recovery of default\n", answer.body());
        assertEquals("closed by a long one, sheet of default\n", server.post("/pools/default/recovery", "{\"passphrase\":\"a long one\",\"sheet\":true}").body());
        assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void tellsAndChangesWhoCanReadAPool() throws Exception {
        JsonNode state = Json.MAPPER.readTree(server.get("/pools/default/recipients").body());
        assertEquals("Ann's safe", state.path("recipients").path(0).path("name").asText());
        assertEquals("AQID", state.path("ring").asText());
        assertEquals(200, server.post("/pools/default/recipients", "{\"publicKey\":\"text\"}").statusCode());
        assertEquals(200, server.post("/pools/default/recipients/00112233445566aa/remove", null).statusCode());
        assertEquals(200, server.post("/pools/default/keyring", "{\"ring\":\"AQID\"}").statusCode());
        assertEquals("{\"pools\":[\"default\"]}", server.post("/keys", "{\"recovery\":\"file\"}").body());
        assertEquals(200, server.post("/pools/default/seal", null).statusCode());
        assertEquals(List.of("add default text", "remove default 00112233445566aa", "ring default 3", "import null file", "seal default"),
                server.fake.keys.asked);
        assertEquals(400, server.post("/pools/default/keyring", "{\"ring\":\"!\"}").statusCode());
        assertEquals(400, server.post("/keys", "{}").statusCode());
        ApiServletTest.problem(server.post("/keys", "{\"recovery\":\"hello\"}"), 400);
        assertEquals(403, server.post("/pools/default/recipients", "{\"publicKey\":\"text\"}").statusCode());
    }

    @Test
    void tellsWhatOnlyKeysOpenIfTheyAreHere() throws Exception {
        JsonNode open = Json.MAPPER.readTree(server.get("/snapshots/" + FakeServer.SNAPSHOT).body());
        assertEquals("/srv/data", open.path("roots").path(0).asText());
        assertEquals("*.tmp", open.path("rules").path(0).path("value").asText());
        assertEquals("permission denied", open.path("skipped").path(0).path("reason").asText());
        server.fake.keys.sealed = true;
        JsonNode sealed = Json.MAPPER.readTree(server.get("/snapshots/" + FakeServer.SNAPSHOT).body());
        assertTrue(sealed.path("sealed").asBoolean() && sealed.path("roots").isNull(), sealed.toString());
        assertEquals("srv-data", sealed.path("saveSet").asText());
    }

    @Test
    void changesAPool() throws Exception {
        assertEquals(200, server.send("PATCH", "/pools/default", "{\"livePercent\":70}").statusCode());
        assertEquals(new Pools.Tuning(70, null), server.fake.tuning);
        assertEquals(70, server.json("/pools/default").path("livePercent").asInt());
        assertEquals(200, server.post("/pools/default", "{\"compressionLevel\":19}").statusCode());
        assertEquals(19, server.json("/pools/default").path("compressionLevel").asInt());
        for (String wrong : new String[] {"{}", "{\"livePercent\":101}", "{\"livePercent\":-1}", "{\"compressionLevel\":0}", "{\"compressionLevel\":20}",
            "{\"livePercent\":\"many\"}", "{\"name\":\"x\"}"}) {
            ApiServletTest.problem(server.post("/pools/default", wrong), 400);
        }
        ApiServletTest.problem(server.post("/pools", "{\"name\":\"new\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"livePercent\":101}"), 400);
        assertEquals(201, server.post("/pools", "{\"name\":\"new\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"livePercent\":0}").statusCode());
        assertEquals(0, server.json("/pools/new").path("livePercent").asInt(-1));
    }

    @Test
    void changesTheRulesOfAPool() throws Exception {
        assertEquals("{\"blank\":true,\"scratch\":true,\"keep\":0,\"repack\":40,\"cutAfter\":0,\"cutSize\":0,\"reserve\":1,\"setAfter\":0,\"setSize\":0,\"encryption\":\"none\",\"errorFactor\":10}", server.get("/pools/default/rules").body());
        assertEquals(200, server.send("PATCH", "/pools/default/rules", "{\"blank\":false,\"keep\":86400}").statusCode());
        assertEquals(200, server.post("/pools/default/rules", "{\"repack\":0,\"cutAfter\":60,\"cutSize\":7,\"reserve\":3,\"setAfter\":70,\"setSize\":8,\"encryption\":\"drive\",\"errorFactor\":12}").statusCode());
        assertEquals("{\"blank\":false,\"scratch\":true,\"keep\":86400,\"repack\":0,\"cutAfter\":60,\"cutSize\":7,\"reserve\":3,\"setAfter\":70,\"setSize\":8,\"encryption\":\"drive\",\"errorFactor\":12,\"warning\":\"drive 0 can't\"}", server.get("/pools/default/rules").body());
        for (String wrong : new String[] {"{}", "{\"repack\":101}", "{\"keep\":-1}", "{\"blank\":\"perhaps\"}", "{\"name\":\"x\"}"}) {
            ApiServletTest.problem(server.post("/pools/default/rules", wrong), 400);
        }
        String nothing = server.post("/pools/default/rules", "{}").body();
        server.json("/pools/default/rules").fieldNames().forEachRemaining(rule -> assertTrue(rule.equals("warning") || nothing.contains(rule), rule + ": " + nothing));
        assertEquals(404, server.get("/pools/nope/rules").statusCode());
    }

    @Test
    void hasAPoolBeginItsNextMediaSet() throws Exception {
        String set = server.post("/pools/default/cut", "{}").body();
        assertTrue(set.startsWith("{\"pool\":\"default\",\"name\":\"default\",\"set\":1,\"volumes\":["), set);
        assertEquals(404, server.post("/pools/nope/cut", "{}").statusCode());
        assertEquals(200, server.post("/pools/default/remake", "{}").statusCode());
        assertEquals(404, server.post("/pools/nope/remake", "{}").statusCode());
    }

    @Test
    void listsScratchCartridgesWithAllVolumes() throws Exception {
        JsonNode scratch = server.json("/volumes").path(1);
        assertEquals("A00009L8 scratch its pool gone was deleted", scratch.path("barcode").asText() + " " + scratch.path("state").asText() + " " + scratch.path("why").asText());
        assertTrue(scratch.path("pool").isNull() && scratch.path("number").isNull());
        assertEquals(1, server.json("/volumes?pool=default").size());
        assertEquals(1, server.json("/volumes").path(0).path("number").asInt());
    }

    @Test
    void deletesAPoolThatNothingHolds() throws Exception {
        assertEquals(201, server.post("/pools", "{\"name\":\"p\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"group\":\"sites\"}").statusCode());
        assertEquals("pool.used", ApiServletTest.problem(server.send("DELETE", "/pools/p", null), 409).path("code").asText());
        assertEquals(200, server.post("/pools/p", "{\"group\":\"\"}").statusCode());
        assertEquals("p", Json.MAPPER.readTree(server.send("DELETE", "/pools/p", null).body()).path("name").asText());
        ApiServletTest.problem(server.send("DELETE", "/pools/p", null), 404);
    }
}
