package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Save sets and policies over HTTP. */
class ProtectionTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void makesASaveSetOnceShowsAndDeletesIt() throws Exception {
        String order = "{\"name\":\"docs\",\"client\":\"app\",\"via\":\"proxy\",\"paths\":[\"/mnt/caf%E9\"],\"rules\":[{\"include\":false,\"pattern\":\"*.tmp\"}],"
                + "\"oneFileSystem\":true,\"pre\":\"freeze\",\"post\":\"thaw\"}";
        HttpResponse<String> made = server.post("/save-sets", order);
        assertEquals(201, made.statusCode(), made.body());
        assertEquals("/api/v1/save-sets/docs?client=app", made.headers().firstValue("Location").orElseThrow());
        String row = "{\"name\":\"docs\",\"client\":\"app\",\"via\":\"proxy\",\"paths\":[\"/mnt/caf%E9\"],\"rules\":[{\"include\":false,\"kind\":\"GLOB\",\"value\":\"*.tmp\"}],"
                + "\"oneFileSystem\":true,\"pre\":\"freeze\",\"post\":\"thaw\",\"dump\":null,\"proven\":[]}";
        assertEquals(row, made.body());
        assertEquals("saveset.exists", ApiServletTest.problem(server.post("/save-sets", order), 409).path("code").asText());
        assertEquals(row, server.get("/save-sets/docs?client=app").body());
        assertEquals("[" + row + "]", server.get("/save-sets?client=app").body());
        assertEquals("[]", server.get("/save-sets?client=host").body());
        String changed = server.send("PATCH", "/save-sets/docs?client=app", "{\"paths\":[\"/srv\"],\"pre\":\"\"}").body();
        assertEquals(row.replace("/mnt/caf%E9", "/srv").replace("\"pre\":\"freeze\"", "\"pre\":null"), changed);
        ApiServletTest.problem(server.send("PATCH", "/save-sets/docs?client=app", "{\"name\":\"other\"}"), 400);
        ApiServletTest.problem(server.send("PATCH", "/save-sets/docs?client=app", "{\"paths\":[null]}"), 400);
        assertEquals(row, server.send("PATCH", "/save-sets/docs?client=app", "{\"paths\":[\"/mnt/caf%E9\"],\"pre\":\"freeze\"}").body());
        assertEquals(row, server.send("DELETE", "/save-sets/docs?client=app", null).body());
        assertEquals("saveset.unknown", ApiServletTest.problem(server.get("/save-sets/docs"), 404).path("code").asText());
    }

    @Test
    void refusesASaveSetThatASavedPolicyNeedsAndHooksThatAreNoNames() throws Exception {
        assertEquals(201, server.post("/save-sets", "{\"name\":\"used\",\"paths\":[\"/srv\"]}").statusCode());
        assertEquals("saveset.used", ApiServletTest.problem(server.send("DELETE", "/save-sets/used", null), 409).path("code").asText());
        for (String wrong : new String[] {"../evil", "/bin/sh", "a b", "", "-c", ".", "rm -rf"}) {
            ApiServletTest.problem(server.post("/save-sets", "{\"name\":\"x\",\"paths\":[\"/srv\"],\"pre\":\"" + wrong + "\"}"), 400);
            ApiServletTest.problem(server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/r\",\"post\":\"" + wrong + "\"}"), 400);
        }
        assertEquals(1, server.fake.saveSets.kept.size());
        assertTrue(server.fake.orders.isEmpty());
    }

    @Test
    void takesABackupOfAKeptSaveSetAndARestoreWithHooks() throws Exception {
        assertEquals(202, server.post("/jobs", "{\"kind\":\"backup\",\"saveSet\":\"docs\",\"client\":\"app\"}").statusCode());
        assertEquals(new JobOrder.Backup(new ClientName("app"), null, new SaveSet(new SaveSetName("docs"), List.of(), List.of(), false), null,
                false), server.fake.orders.getLast());
        assertEquals(202, server.post("/jobs", "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/r\",\"pre\":\"stop\",\"post\":\"start\"}").statusCode());
        assertEquals(new Hooks(new HookName("stop"), new HookName("start"), null), ((JobOrder.Restore) server.fake.orders.getLast()).hooks());
    }

    @Test
    void saysWhoCollectsAndFromWhomToWhomAJobRestores() throws Exception {
        server.fake.job(1, Job.State.RUNNING);
        server.fake.ordered = new JobOrder.Backup(new ClientName("app"), null, new SaveSet(new SaveSetName("db"), List.of(), List.of(), false),
                null, false, false, 0, new ClientName("proxy"), new Hooks(null, null, new HookName("pg-dump")));
        String backup = server.get("/jobs/1").body();
        assertTrue(backup.endsWith("\"saveSet\":\"db\",\"paths\":[\"/pg-dump\"],\"detour\":null,\"via\":\"proxy\",\"from\":null}"), backup);
        server.fake.ordered = new JobOrder.Restore(FakeServer.SNAPSHOT, List.of(), new ClientName("host"), RawPath.of("/r"),
                Overwrite.NEVER, false, null, 0, new ClientName("app"), Hooks.NONE);
        String restore = server.get("/jobs/1").body();
        assertTrue(restore.endsWith("\"via\":null,\"from\":\"app\"}"), restore);
    }

    @Test
    void makesShowsRunsAndDeletesAPolicy() throws Exception {
        HttpResponse<String> made = server.post("/policies", "{\"name\":\"daily\",\"saveSets\":[\"docs\",\"away\"],\"pool\":\"default\",\"copyTo\":[\"off\"]}");
        assertEquals(201, made.statusCode(), made.body());
        String row = "{\"name\":\"daily\",\"saveSets\":[{\"client\":\"host\",\"name\":\"docs\"},{\"client\":\"host\",\"name\":\"away\"}],\"pool\":\"default\","
                + "\"copyTo\":[\"off\"],\"schedule\":\"\",\"zone\":\"\",\"blackouts\":[],\"leaveOut\":false,\"catchUp\":true,\"priority\":50,\"atOnce\":0,\"spread\":0,\"retries\":2,"
                + "\"retryAfter\":600,\"enabled\":true,\"keep\":\"\",\"next\":[],\"last\":[{\"number\":3,\"byHand\":false,\"due\":\"" + FakeServer.WHEN + "\",\"ended\":\""
                + FakeServer.WHEN.plusSeconds(5) + "\",\"state\":\"failed\",\"why\":\"host/docs: it is away\",\"parts\":[{\"client\":\"host\",\"saveSet\":\"docs\",\"job\":7,"
                + "\"attempts\":3,\"state\":\"failed\",\"why\":\"it is away\"}]}]}";
        assertEquals(row, made.body());
        assertEquals(row, server.get("/policies/daily").body());
        assertEquals("[" + row + "]", server.get("/policies").body());
        HttpResponse<String> run = server.post("/policies/daily/run", null);
        assertEquals(202, run.statusCode());
        assertEquals("{\"policy\":\"daily\",\"copyTo\":[\"off\"],\"steps\":[{\"client\":\"host\",\"saveSet\":\"docs\",\"job\":1,\"code\":null,\"error\":null},"
                + "{\"client\":\"host\",\"saveSet\":\"away\",\"job\":null,\"code\":\"client.offline\",\"error\":\"client host is not connected\"}]}", run.body());
        assertEquals(row, server.send("DELETE", "/policies/daily", null).body());
        ApiServletTest.problem(server.get("/policies/daily"), 404);
        ApiServletTest.problem(server.post("/policies/daily/run", null), 404);
    }

    @Test
    void refusesAPolicyWithoutWhatItNeeds() throws Exception {
        ApiServletTest.problem(server.post("/policies", "{\"name\":\"daily\",\"saveSets\":[\"docs\"]}"), 400);
        for (String noun : new String[] {"policies", "save-sets"}) {
            assertEquals("name", ApiServletTest.problem(server.post("/" + noun, "{}"), 400).path("subject").asText());
        }
        ApiServletTest.problem(server.post("/policies", "{\"name\":\"daily\",\"pool\":\"default\"}"), 400);
        assertTrue(server.fake.policies.kept.isEmpty());
    }

    @Test
    void changesOnlyWhatIsSaid() throws Exception {
        assertEquals(201, server.post("/policies", "{\"name\":\"daily\",\"saveSets\":[\"docs\"],\"pool\":\"default\",\"schedule\":\"daily 22:00\",\"zone\":\"Asia/Tokyo\","
                + "\"blackouts\":[\"sun\"],\"priority\":70,\"keep\":\"last=3\"}").statusCode());
        JsonNode made = Json.MAPPER.readTree(server.get("/policies/daily").body());
        assertEquals(5, made.path("next").size());
        JsonNode changed = Json.MAPPER.readTree(server.send("PATCH", "/policies/daily", "{\"enabled\":false,\"retryAfter\":60,\"blackouts\":[]}").body());
        assertEquals("daily 22:00 Asia/Tokyo 70 60 false last=3", changed.path("schedule").asText() + " " + changed.path("zone").asText() + " " + changed.path("priority").asInt()
                + " " + changed.path("retryAfter").asInt() + " " + changed.path("enabled").asBoolean() + " " + changed.path("keep").asText());
        assertEquals(0, changed.path("next").size());
        assertEquals(0, changed.path("blackouts").size());
        for (String wrong : new String[] {"{\"zone\":\"Europe/Nowhere\"}", "{\"priority\":101}", "{\"retries\":-1}", "{\"spread\":86401}", "{\"name\":\"other\"}", "{\"blackouts\":[null]}",
            "{\"keep\":\"forever\"}", "{\"timezone\":\"UTC\"}", "{\"saveSets\":[null]}", "{\"enabled\":\"perhaps\"}", "{\"spread\":99999999999}"}) {
            ApiServletTest.problem(server.send("PATCH", "/policies/daily", wrong), 400);
        }
        ApiServletTest.problem(server.send("PATCH", "/policies/never", "{}"), 404);
    }

    @Test
    void saysWhenAScheduleWouldRunOrWhatIsWrong() throws Exception {
        JsonNode preview = Json.MAPPER.readTree(server.post("/schedules/preview", "{\"schedule\":\"daily 22:00\",\"blackouts\":[\"sun\"],\"count\":2}").body());
        assertEquals("Asia/Tokyo", preview.path("zone").asText());
        assertEquals(2, preview.path("next").size());
        assertEquals("schedule.invalid", ApiServletTest.problem(server.post("/schedules/preview", "{\"schedule\":\"never\"}"), 400).path("code").asText());
        ApiServletTest.problem(server.post("/schedules/preview", "{}"), 400);
        ApiServletTest.problem(server.post("/schedules/preview", "{\"schedule\":\"daily 22:00\",\"count\":0}"), 400);
        server.post("/policies", "{\"name\":\"daily\",\"saveSets\":[\"docs\"],\"pool\":\"default\",\"schedule\":\"daily 22:00\"}");
        assertEquals("[{\"policy\":\"daily\",\"at\":\"" + FakeServer.WHEN + "\"}]", server.get("/schedules/next?limit=3").body());
        assertEquals("[]", server.as("restorer other", "GET", "/schedules/next", null).body());
        assertEquals(3, Json.MAPPER.readTree(server.get("/policies/daily/preview?count=3").body()).path("next").size());
        ApiServletTest.problem(server.get("/policies/daily/preview?count=0"), 400);
    }
}
