package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.PackId;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class JobEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

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
    void takesLimitsAndNoOtherPoolWithAnOrder() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"backup\",\"saveSet\":\"srv\",\"paths\":[\"/srv\"],\"only\":true,\"limit\":1048576}").statusCode());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\",\"limit\":65536}").statusCode());
        JobOrder.Backup backup = (JobOrder.Backup) server.fake.orders.getFirst();
        assertTrue(backup.only() && backup.limit() == 1 << 20, backup::toString);
        assertEquals(65_536, ((JobOrder.Restore) server.fake.orders.getLast()).limit());
        ApiServletTest.problem(server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\",\"limit\":1}"), 400);
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
    void showsWhatAJobWasOrderedToDo() throws Exception {
        server.fake.job(1, org.azekura.api.catalog.Job.State.RUNNING);
        JsonNode job = server.json("/jobs/1");
        assertEquals("srv", job.path("saveSet").asText());
        assertEquals("[\"/srv\"]", job.path("paths").toString());
    }

    @Test
    void listsJobsWithTheKeysThatScriptsRelyOn() throws Exception {
        server.fake.job(1, Job.State.DONE);
        server.fake.job(2, Job.State.RUNNING);
        assertEquals("[{\"id\":2,\"kind\":\"backup\",\"state\":\"running\",\"client\":\"host\",\"pool\":\"default\",\"started\":\"2026-01-02T03:04:05Z\","
                + "\"ended\":null,\"files\":1,\"bytes\":2,\"error\":null,\"policy\":null}]", server.get("/jobs?running").body());
        assertEquals(2, server.json("/jobs").size());
        assertEquals("done", server.json("/jobs/1").path("state").asText());
        assertEquals("[{\"time\":\"2026-01-02T03:04:05Z\",\"level\":\"warn\",\"text\":\"slow\"}]", server.get("/jobs/1/log").body());
        assertEquals("collecting", server.json("/jobs/2/progress").path("phase").asText());
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
        assertEquals(1, server.json("/jobs/3/result").path("damaged").size());
        assertEquals("[{\"pool\":\"main\",\"blob\":\"key ring\",\"what\":\"it is gone\",\"damaged\":true}]", server.json("/jobs/3/result").path("records").toString());
        server.fake.job(6, Job.State.WARNED);
        server.fake.results.put(new JobId(6), new JobResult.Rebuild(List.of(new PoolName("main")), 1, 2, 3, List.of(), List.of("policy daily is another")));
        assertEquals("{\"job\":6,\"pools\":[\"main\"],\"snapshots\":1,\"files\":2,\"pages\":3,\"leftOut\":[],\"warnings\":[\"policy daily is another\"]}",
                server.get("/jobs/6/result").body());
        assertEquals("result.unknown", ApiServletTest.problem(server.get("/jobs/4/result"), 404).path("code").asText());
    }
}
