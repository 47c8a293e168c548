package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PackId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Snapshots.Listed;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void tellsHowSnapshotsAreSpread() throws Exception {
        String spread = "{\"state\":\"partly\",\"copies\":3,\"kinds\":[\"disk\"],\"sites\":[\"here\",\"tokyo\"],\"lacks\":[\"kinds\"]}";
        assertEquals(spread, json("/snapshots").path(0).path("spread").toString());
        assertEquals(spread, json("/snapshots/0193b2c4").path("spread").toString());
        server.fake.proofs.proofs.add(FakeProofs.proof(7, "host", Proof.Outcome.PROVEN));
        server.fake.proofs.proofs.add(FakeProofs.proof(8, "web1", Proof.Outcome.PROVEN));
        assertEquals("[{\"client\":\"host\",\"saveSet\":\"docs\",\"snapshot\":\"" + FakeServer.SNAPSHOT + "\",\"spread\":" + spread + "}]", server.get("/spread?client=host").body());
        assertEquals(2, json("/spread").size());
        assertEquals(2, json("/status").path("spread").path("partly").asInt());
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
    void listsClientsWithTheirConnection() throws Exception {
        assertEquals("[{\"name\":\"host\",\"connected\":true,\"lastSeen\":\"2026-01-02T03:04:05Z\",\"used\":7,\"quota\":-1},"
                + "{\"name\":\"other\",\"connected\":false,\"lastSeen\":null,\"used\":0,\"quota\":-1}]", server.get("/clients").body());
    }

    @Test
    void makesAPoolOnceAndShowsIt() throws Exception {
        String order = "{\"name\":\"off\",\"driver\":\"disk\",\"settings\":{\"path\":\"/srv/off\"}}";
        HttpResponse<String> made = server.post("/pools", order);
        assertEquals(201, made.statusCode(), made.body());
        assertEquals("/api/v1/pools/off", made.headers().firstValue("Location").orElseThrow());
        assertEquals("pool.exists", ApiServletTest.problem(server.post("/pools", order), 409).path("code").asText());
        JsonNode pool = json("/pools/off");
        assertEquals("/srv/off", pool.path("volumes").path(0).path("location").asText());
        assertEquals(-1, pool.path("capacity").asLong());
        assertEquals(2, json("/pools").size());
        assertEquals("appendable", json("/volumes?pool=off").path(0).path("state").asText());
        assertEquals(3, json("/volumes").size());
        ApiServletTest.problem(server.post("/pools", "{\"name\":\"b\",\"driver\":\"disk\",\"settings\":{\"path\":null}}"), 400);
        ApiServletTest.problem(server.post("/pools", "{\"name\":\"b\"}"), 400);
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
    void makesASealedPool() throws Exception {
        server.post("/pools", "{\"name\":\"p\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"recipients\":[\"text\"],\"sealed\":true}");
        assertEquals(new Pools.Readers(List.of("text"), true), server.fake.readers);
    }

    @Test
    void takesABackupOrder() throws Exception {
        HttpResponse<String> answer = server.post("/jobs", """
                {"kind":"backup","saveSet":"srv","paths":["/srv/caf%E9","/etc"],"pool":"default","oneFileSystem":true,
                 "rules":[{"include":true,"pattern":"keep.tmp"},{"include":false,"pattern":"*.tmp"}]}""");
        assertEquals(202, answer.statusCode(), answer.body());
        assertEquals("/api/v1/jobs/1", answer.headers().firstValue("Location").orElseThrow());
        assertEquals("queued", Json.MAPPER.readTree(answer.body()).path("state").asText());
        JobOrder.Backup order = (JobOrder.Backup) server.fake.orders.getFirst();
        assertArrayEquals(new byte[] {'/', 's', 'r', 'v', '/', 'c', 'a', 'f', (byte) 0xe9}, order.saveSet().roots().getFirst().bytes());
        assertEquals(List.of(Rule.parse(true, "keep.tmp"), Rule.parse(false, "*.tmp")), order.saveSet().rules());
        assertTrue(order.saveSet().oneFileSystem());
        assertNull(order.client());
        assertEquals("default", order.pool().value());
    }

    @Test
    void takesARestoreOrderByTheFirstDigitsOfItsSnapshot() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\",\"overwrite\":\"older\"}").statusCode());
        assertEquals(new JobOrder.Restore(FakeServer.SNAPSHOT, List.of(), null, RawPath.of("/tmp/r"), Overwrite.OLDER, false), server.fake.orders.getFirst());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\",\"fromCopy\":\"offsite\"}").statusCode());
        assertEquals(new PoolName("offsite"), ((JobOrder.Restore) server.fake.orders.getLast()).fromCopy());
    }

    @Test
    void takesACopyOrderAndTellsWhatCameOfIt() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"copy\",\"to\":\"offsite\",\"pool\":\"default\"}").statusCode());
        assertEquals(new JobOrder.Copy(new PoolName("offsite"), new PoolName("default"), null), server.fake.orders.getFirst());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"copy\",\"to\":\"offsite\",\"snapshot\":\"0193b2c4\"}").statusCode());
        assertEquals(new JobOrder.Copy(new PoolName("offsite"), null, FakeServer.SNAPSHOT), server.fake.orders.getLast());
        for (String wrong : List.of("{\"kind\":\"copy\",\"pool\":\"default\"}", "{\"kind\":\"copy\",\"to\":\"offsite\"}",
                "{\"kind\":\"copy\",\"to\":\"offsite\",\"pool\":\"default\",\"snapshot\":\"0193b2c4\"}")) {
            assertEquals("request.value", ApiServletTest.problem(server.post("/jobs", wrong), 400).path("code").asText(), wrong);
        }
        server.fake.job(1, Job.State.WARNED);
        server.fake.results.put(new JobId(1), new JobResult.Copy(List.of(FakeServer.SNAPSHOT), 2, 300,
                List.of(new JobResult.LeftOut(FakeServer.SNAPSHOT, "damage")), List.of()));
        assertEquals("{\"job\":1,\"snapshots\":[\"" + FakeServer.SNAPSHOT + "\"],\"packs\":2,\"bytes\":300,\"left\":[{\"snapshot\":\""
                + FakeServer.SNAPSHOT + "\",\"reason\":\"damage\"}],\"damaged\":[]}", server.get("/jobs/1/result").body());
    }

    @Test
    void takesLimitsAndNoOtherPoolWithAnOrder() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"backup\",\"saveSet\":\"srv\",\"paths\":[\"/srv\"],\"only\":true,\"limit\":1048576}").statusCode());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\",\"limit\":65536}").statusCode());
        JobOrder.Backup backup = (JobOrder.Backup) server.fake.orders.getFirst();
        assertTrue(backup.only() && backup.limit() == 1 << 20, backup::toString);
        assertEquals(65_536, ((JobOrder.Restore) server.fake.orders.getLast()).limit());
        ApiServletTest.problem(server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\",\"limit\":1}"), 400);
    }

    @Test
    void deletesAPoolThatNothingHolds() throws Exception {
        assertEquals(201, server.post("/pools", "{\"name\":\"p\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"group\":\"sites\"}").statusCode());
        assertEquals("pool.used", ApiServletTest.problem(server.send("DELETE", "/pools/p", null), 409).path("code").asText());
        assertEquals(200, server.post("/pools/p", "{\"group\":\"\"}").statusCode());
        assertEquals("p", Json.MAPPER.readTree(server.send("DELETE", "/pools/p", null).body()).path("name").asText());
        ApiServletTest.problem(server.send("DELETE", "/pools/p", null), 404);
    }

    @Test
    void listsScratchCartridgesWithAllVolumes() throws Exception {
        JsonNode scratch = json("/volumes").path(1);
        assertEquals("A00009L8 scratch its pool gone was deleted", scratch.path("barcode").asText() + " " + scratch.path("state").asText() + " " + scratch.path("why").asText());
        assertTrue(scratch.path("pool").isNull() && scratch.path("number").isNull());
        assertEquals(1, json("/volumes?pool=default").size());
        assertEquals(1, json("/volumes").path(0).path("number").asInt());
    }

    @Test
    void makesAPoolOnANodeInAGroup() throws Exception {
        String order = "{\"name\":\"p\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"node\":\"%s\",\"group\":\"%s\",\"patience\":3}";
        assertEquals(201, server.post("/pools", order.formatted("n2", "sites")).statusCode());
        assertEquals(new Pools.Site(new NodeName("n2"), new PoolGroup("sites")), server.fake.site);
        assertEquals("sites", json("/pools/p").path("group").asText());
        assertEquals(3, json("/pools/p").path("patience").asInt());
        assertEquals(200, server.post("/pools/p", "{\"group\":\"\"}").statusCode());
        assertTrue(json("/pools/p").path("group").isNull());
        ApiServletTest.problem(server.post("/pools/p", "{\"group\":\"a b\"}"), 400);
        ApiServletTest.problem(server.post("/pools", order.formatted("n 2", "sites")), 404);
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
    void hasAPoolBeginItsNextMediaSet() throws Exception {
        String set = server.post("/pools/default/cut", "{}").body();
        assertTrue(set.startsWith("{\"pool\":\"default\",\"name\":\"default\",\"set\":1,\"volumes\":["), set);
        assertEquals(404, server.post("/pools/nope/cut", "{}").statusCode());
        assertEquals(200, server.post("/pools/default/remake", "{}").statusCode());
        assertEquals(404, server.post("/pools/nope/remake", "{}").statusCode());
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
        json("/pools/default/rules").fieldNames().forEachRemaining(rule -> assertTrue(rule.equals("warning") || nothing.contains(rule), rule + ": " + nothing));
        assertEquals(404, server.get("/pools/nope/rules").statusCode());
    }

    @Test
    void changesAPool() throws Exception {
        assertEquals(200, server.send("PATCH", "/pools/default", "{\"livePercent\":70}").statusCode());
        assertEquals(new Pools.Tuning(70, null), server.fake.tuning);
        assertEquals(70, json("/pools/default").path("livePercent").asInt());
        assertEquals(200, server.post("/pools/default", "{\"compressionLevel\":19}").statusCode());
        assertEquals(19, json("/pools/default").path("compressionLevel").asInt());
        for (String wrong : new String[] {"{}", "{\"livePercent\":101}", "{\"livePercent\":-1}", "{\"compressionLevel\":0}", "{\"compressionLevel\":20}",
            "{\"livePercent\":\"many\"}", "{\"name\":\"x\"}"}) {
            ApiServletTest.problem(server.post("/pools/default", wrong), 400);
        }
        ApiServletTest.problem(server.post("/pools", "{\"name\":\"new\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"livePercent\":101}"), 400);
        assertEquals(201, server.post("/pools", "{\"name\":\"new\",\"driver\":\"disk\",\"settings\":{\"path\":\"/x\"},\"livePercent\":0}").statusCode());
        assertEquals(0, json("/pools/new").path("livePercent").asInt(-1));
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

    @Test
    void showsWhatAJobWasOrderedToDo() throws Exception {
        server.fake.job(1, org.azekura.api.catalog.Job.State.RUNNING);
        JsonNode job = json("/jobs/1");
        assertEquals("srv", job.path("saveSet").asText());
        assertEquals("[\"/srv\"]", job.path("paths").toString());
    }

    @Test
    void takesAVerifyOrderForEverything() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"verify\"}").statusCode());
        assertEquals(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0), server.fake.orders.getFirst());
    }

    @Test
    void takesAVerifyOrderWithDepthAndBudget() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"verify\",\"depth\":\"index\",\"bytes\":4096,\"seconds\":7}").statusCode());
        assertEquals(new JobOrder.Verify(null, null, JobOrder.Depth.INDEX, 4096, 7), server.fake.orders.getFirst());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"verify\",\"depth\":\"content\"}").statusCode());
        assertEquals(JobOrder.Depth.CONTENT, ((JobOrder.Verify) server.fake.orders.getLast()).depth());
        assertEquals("depth", ApiServletTest.problem(server.post("/jobs", "{\"kind\":\"verify\",\"depth\":\"deep\"}"), 400).path("subject").asText());
        assertEquals("bytes", ApiServletTest.problem(server.post("/jobs", "{\"kind\":\"verify\",\"bytes\":-1}"), 400).path("subject").asText());
    }

    @Test
    void takesAHealOrderForPacksThatAreNamed() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"heal\",\"pool\":\"default\",\"packs\":[\"00000000000000010000000000000002\"]}").statusCode());
        assertEquals(new JobOrder.Heal(new PoolName("default"), List.of(new PackId(1, 2))), server.fake.orders.getFirst());
        assertEquals("pool", ApiServletTest.problem(server.post("/jobs", "{\"kind\":\"heal\",\"packs\":[\"3f\"]}"), 400).path("subject").asText());
        for (String wrong : List.of("[]", "[null]", "[\"3f\"]")) {
            assertEquals("packs", ApiServletTest.problem(server.post("/jobs", "{\"kind\":\"heal\",\"pool\":\"default\",\"packs\":" + wrong + "}"), 400).path("subject").asText());
        }
    }

    @Test
    void takesAPruneOrderAndTellsWhatCameOfIt() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"prune\",\"pool\":\"default\",\"dryRun\":true}").statusCode());
        assertEquals(new JobOrder.Prune(new PoolName("default"), true), server.fake.orders.getFirst());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"prune\",\"pool\":\"default\",\"early\":true}").statusCode());
        assertEquals(new JobOrder.Prune(new PoolName("default"), false, true), server.fake.orders.getLast());
        server.fake.job(1, Job.State.DONE);
        server.fake.results.put(new JobId(1), new JobResult.Prune(true, 3, 1, 0, 2, 100, 0, 150, 0,
                List.of(new JobResult.Reason("dropped", "nobody needs it", 1, 100, 0), new JobResult.Reason("kept", "enough", 2, 200, 150)),
                List.of(new JobResult.PackPlan(new PackId(1, 2), new PoolName("default"), "dropped", "nobody needs it", 100, 0))));
        assertEquals("{\"job\":1,\"dryRun\":true,\"packs\":3,\"dropped\":1,\"rewritten\":0,\"kept\":2,\"freed\":100,\"written\":0,\"live\":150,\"pages\":0,"
                + "\"reasons\":[{\"action\":\"dropped\",\"why\":\"nobody needs it\",\"packs\":1,\"bytes\":100,\"live\":0},"
                + "{\"action\":\"kept\",\"why\":\"enough\",\"packs\":2,\"bytes\":200,\"live\":150}],"
                + "\"plans\":[{\"pack\":\"00000000000000010000000000000002\",\"pool\":\"default\",\"action\":\"dropped\",\"why\":\"nobody needs it\","
                + "\"size\":100,\"live\":0}]}", server.get("/jobs/1/result").body());
    }

    @Test
    void deletesASnapshot() throws Exception {
        HttpResponse<String> answer = server.send("DELETE", "/snapshots/0193b2c4", null);
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(FakeServer.SNAPSHOT.toString(), Json.MAPPER.readTree(answer.body()).path("id").asText());
        assertEquals(List.of(FakeServer.SNAPSHOT), server.fake.deleted);
        assertEquals("snapshot.unknown", ApiServletTest.problem(server.send("DELETE", "/snapshots/ffff", null), 404).path("code").asText());
    }

    @Test
    void listsJobsWithTheKeysThatScriptsRelyOn() throws Exception {
        server.fake.job(1, Job.State.DONE);
        server.fake.job(2, Job.State.RUNNING);
        assertEquals("[{\"id\":2,\"kind\":\"backup\",\"state\":\"running\",\"client\":\"host\",\"pool\":\"default\",\"started\":\"2026-01-02T03:04:05Z\","
                + "\"ended\":null,\"files\":1,\"bytes\":2,\"error\":null,\"policy\":null}]", server.get("/jobs?running").body());
        assertEquals(2, json("/jobs").size());
        assertEquals("done", json("/jobs/1").path("state").asText());
        assertEquals("[{\"time\":\"2026-01-02T03:04:05Z\",\"level\":\"warn\",\"text\":\"slow\"}]", server.get("/jobs/1/log").body());
        assertEquals("collecting", json("/jobs/2/progress").path("phase").asText());
        assertEquals("job.running", ApiServletTest.problem(server.post("/jobs/2/resume", null), 409).path("code").asText());
        assertEquals("cancelled", Json.MAPPER.readTree(server.post("/jobs/2/cancel", null).body()).path("state").asText());
        assertEquals("queued", Json.MAPPER.readTree(server.post("/jobs/2/resume", null).body()).path("state").asText());
    }

    @Test
    void tellsResultsOfEachKind() throws Exception {
        for (long id = 1; id <= 4; id++) {
            server.fake.job(id, Job.State.WARNED);
        }
        server.fake.results.put(new JobId(1), new JobResult.Backup(FakeServer.SNAPSHOT, 3, 4096, 512,
                List.of(new PathProblem(new RawPath(new byte[] {'/', (byte) 0xff}), "permission denied")), List.of(), new PoolName("offsite"),
                "n1 is away", List.of(new JobResult.OrderedCopy(new PoolName("third"), new JobId(9)))));
        server.fake.results.put(new JobId(2), new JobResult.Restore(3, 4096,
                List.of(new PathProblem(RawPath.of("/a b"), "damaged", List.of(new PathProblem.Range(0, 4096)))), List.of(), List.of(new JobResult.Elsewhere(new PoolName("offsite"), 12, 3456))));
        server.fake.results.put(new JobId(3), new JobResult.Verify(7,
                List.of(new JobResult.Damage(new PackId(1, 2), "default-1", List.of(FakeServer.SNAPSHOT), List.of("x:/a"), "checksum")), List.of(),
                List.of(new JobResult.Laid(new PoolName("main"), "key ring", "it is gone", true))));
        server.fake.job(5, Job.State.DONE);
        server.fake.results.put(new JobId(5), new JobResult.Backup(null, 1, 2, 0, List.of(), List.of(RawPath.of("/a%"))));
        assertEquals("{\"snapshot\":null,\"job\":5,\"files\":1,\"bytes\":2,\"stored\":0,\"pool\":null,\"detour\":null,\"warnings\":[],\"listed\":[\"/a%25\"]}",
                server.get("/jobs/5/result").body());
        assertEquals("{\"snapshot\":\"" + FakeServer.SNAPSHOT + "\",\"job\":1,\"files\":3,\"bytes\":4096,\"stored\":512,"
                + "\"pool\":\"offsite\",\"detour\":\"n1 is away\",\"warnings\":[{\"path\":\"/%FF\",\"reason\":\"permission denied\"}],"
                + "\"copies\":[{\"to\":\"third\",\"job\":9}]}", server.get("/jobs/1/result").body());
        assertEquals("{\"job\":2,\"files\":3,\"bytes\":4096,\"notRestored\":[{\"path\":\"/a b\",\"reason\":\"damaged\",\"ranges\":[{\"from\":0,\"to\":4096}]}],"
                + "\"elsewhere\":[{\"pool\":\"offsite\",\"chunks\":12,\"bytes\":3456}]}",
                server.get("/jobs/2/result").body());
        assertEquals(1, json("/jobs/3/result").path("damaged").size());
        assertEquals("[{\"pool\":\"main\",\"blob\":\"key ring\",\"what\":\"it is gone\",\"damaged\":true}]", json("/jobs/3/result").path("records").toString());
        server.fake.job(6, Job.State.WARNED);
        server.fake.results.put(new JobId(6), new JobResult.Rebuild(List.of(new PoolName("main")), 1, 2, 3, List.of(), List.of("policy daily is another")));
        assertEquals("{\"job\":6,\"pools\":[\"main\"],\"snapshots\":1,\"files\":2,\"pages\":3,\"leftOut\":[],\"warnings\":[\"policy daily is another\"]}",
                server.get("/jobs/6/result").body());
        assertEquals("result.unknown", ApiServletTest.problem(server.get("/jobs/4/result"), 404).path("code").asText());
    }

    @Test
    void listsSnapshotsAndFindsOneByItsFirstDigits() throws Exception {
        JsonNode row = json("/snapshots?client=host").path(0);
        assertEquals(FakeServer.SNAPSHOT.toString(), row.path("id").asText());
        assertEquals("srv-data", row.path("saveSet").asText());
        assertEquals("2026-01-02T03:04:14Z", row.path("time").asText());
        JsonNode one = json("/snapshots/0193b2c4");
        row.properties().forEach(field -> assertEquals(field.getValue(), one.path(field.getKey()), field.getKey()));
    }

    @Test
    void pagesADirectoryWithRawNames() throws Exception {
        server.fake.entries = List.of(
                new Listed(RawPath.fromPercent("/srv/%FF"), "file", 5, 0644, FakeServer.WHEN.plusNanos(7), "root", "root", null),
                new Listed(RawPath.fromPercent("/srv/l"), "symlink", 0, 0777, FakeServer.WHEN, "root", "root", RawPath.of("x%")));
        JsonNode page = json("/snapshots/0193b2c4/entries?path=%2Fsrv%2Fcaf%25E9&limit=1&after=%25FE");
        assertEquals(RawPath.fromPercent("/srv/caf%E9"), server.fake.listedPath);
        assertEquals(RawPath.fromPercent("%FE"), server.fake.listedAfter);
        assertEquals("[{\"path\":\"/srv/%FF\",\"type\":\"file\",\"size\":5,\"mode\":420,\"mtime\":\"2026-01-02T03:04:05.000000007Z\",\"user\":\"root\","
                + "\"group\":\"root\",\"target\":null}]", page.path("entries").toString());
        assertEquals("%FF", page.path("next").asText());
        page = json("/snapshots/0193b2c4/entries");
        assertEquals(RawPath.of("/"), server.fake.listedPath);
        assertTrue(page.path("next").isNull());
        assertEquals("x%25", page.path("entries").path(1).path("target").asText());
    }

    @Test
    void pagesWhatDiffers() throws Exception {
        server.fake.differences = List.of(new Snapshots.Difference(RawPath.fromPercent("/srv/caf%E9"), Snapshots.Change.MODIFIED),
                new Snapshots.Difference(RawPath.of("/srv/x"), Snapshots.Change.ADDED));
        JsonNode page = json("/snapshots/0193b2c4/differences?to=0193b2c4d5&limit=1&after=%2Fsrv%2F%25FE");
        assertEquals("{\"differences\":[{\"path\":\"/srv/caf%E9\",\"change\":\"modified\"}],\"next\":\"/srv/caf%E9\"}", page.toString());
        assertEquals(RawPath.fromPercent("/srv/%FE"), server.fake.listedAfter);
        assertTrue(json("/snapshots/0193b2c4/differences?to=0193b2c4").path("next").isNull());
        assertEquals(400, server.get("/snapshots/0193b2c4/differences").statusCode());
        assertEquals(404, server.get("/snapshots/0193b2c4/differences?to=ffff").statusCode());
    }

    @Test
    void searchesForNames() throws Exception {
        server.fake.found = new Snapshots.Found(List.of(new Snapshots.Version(RawPath.fromPercent("/caf%E9"), "file", 5, FakeServer.WHEN,
                new ClientName("host"), new SaveSetName("srv"), FakeServer.SNAPSHOT, FakeServer.SNAPSHOT, 1)), "p:1", List.of(new PoolName("shut")), List.of(), 2, 9);
        JsonNode found = json("/search?name=caf*&ignoreCase=true&client=host");
        assertEquals(new Snapshots.Wanted("caf*", true, new ClientName("host")), server.fake.wanted);
        assertEquals("/caf%E9", found.path("versions").path(0).path("path").asText());
        assertEquals("[\"shut\"]", found.path("closed").toString());
        assertTrue(found.path("more").asBoolean());
        assertEquals("p:1 2 9", found.path("next").asText() + " " + found.path("unread") + " " + found.path("searched"));
        json("/search?name=x&saveSet=srv&below=%2Fcaf%25E9&type=file&smallest=1&largest=9&from=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z&after=p:1");
        assertEquals(new Snapshots.Wanted("x", false, null, new Snapshots.Bounds(new SaveSetName("srv"), RawPath.fromPercent("/caf%E9"), "file", 1, 9,
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z")), "p:1"), server.fake.wanted);
        for (String bad : List.of("", "?name=", "?name=x&from=noon", "?name=x&smallest=few", "?name=x&type=door", "?name=x&below=%25", "?name=x&saveSet=%2F")) {
            assertEquals(400, server.get("/search" + bad).statusCode(), bad);
        }
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.MAPPER.readTree(answer.body());
    }
}
