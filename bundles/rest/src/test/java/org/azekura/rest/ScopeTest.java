package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.server.JobOrder;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has to do with some clients only. Everything here is of the client {@code host}. */
class ScopeTest {

    private static final String SNAPSHOT = FakeServer.SNAPSHOT.toString();
    private static final String UNKNOWN = "ffffffffffff00000000000000000000";

    @AutoClose
    private final RestServer server = RestServer.start();

    @BeforeEach
    void start() throws Exception {
        server.fake.job(1, Job.State.RUNNING);
        server.fake.saveSets.create(new KeptSaveSet(new ClientName("host"), null, new SaveSet(new SaveSetName("docs"), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
        assertEquals(201, server.post("/policies", "{\"name\":\"daily\",\"saveSets\":[\"docs\"],\"pool\":\"default\"}").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/snapshots", "/jobs", "/jobs?running", "/save-sets", "/policies", "/search?name=*"})
    void listsOnlyWhatIsOfHisClients(String path) throws Exception {
        for (String who : new String[] {"operator other", "restorer other", "restorer"}) {
            HttpResponse<String> answer = server.as(who, "GET", path, null);
            if (answer.statusCode() != 403) {
                JsonNode list = Json.MAPPER.readTree(answer.body());
                assertEquals(0, (list.isArray() ? list : list.path("versions")).size(), who + " " + answer.body());
            }
        }
        if (!path.startsWith("/search")) {
            assertEquals(1, Json.MAPPER.readTree(server.as("operator host", "GET", path, null).body()).size());
        }
    }

    @Test
    void listsOnlyHisClientsAndHosts() throws Exception {
        assertEquals(1, Json.MAPPER.readTree(server.as("restorer other", "GET", "/clients", null).body()).size());
        assertEquals(0, Json.MAPPER.readTree(server.as("restorer", "GET", "/clients", null).body()).size());
        assertEquals(2, Json.MAPPER.readTree(server.as("auditor", "GET", "/clients", null).body()).size());
    }

    @Test
    void answersWhatIsOfOthersInTheWordsForWhatIsNotThere() throws Exception {
        String[][] pairs = {
            {"GET", "/snapshots/" + SNAPSHOT, "/snapshots/" + UNKNOWN}, {"GET", "/snapshots/0193b2c4", "/snapshots/ffffffff"},
            {"GET", "/snapshots/" + SNAPSHOT + "/entries", "/snapshots/" + UNKNOWN + "/entries"}, {"GET", "/snapshots/" + SNAPSHOT + "/where", "/snapshots/" + UNKNOWN + "/where"},
            {"GET", "/snapshots/" + SNAPSHOT + "/differences?to=" + SNAPSHOT, "/snapshots/" + UNKNOWN + "/differences?to=" + UNKNOWN},
            {"DELETE", "/snapshots/" + SNAPSHOT, "/snapshots/" + UNKNOWN}, {"GET", "/snapshots?client=host", "/snapshots?client=nope"},
            {"GET", "/search?name=a&client=host", "/search?name=a&client=nope"}, {"GET", "/jobs/1", "/jobs/9"}, {"GET", "/jobs/1/log", "/jobs/9/log"},
            {"GET", "/jobs/1/progress", "/jobs/9/progress"}, {"GET", "/jobs/1/result", "/jobs/9/result"}, {"GET", "/events?job=1", "/events?job=9"},
            {"POST", "/jobs/1/cancel", "/jobs/9/cancel"}, {"POST", "/jobs/1/resume", "/jobs/9/resume"}, {"GET", "/save-sets/docs", "/save-sets/nope"},
            {"DELETE", "/save-sets/docs", "/save-sets/nope"}, {"GET", "/policies/daily", "/policies/nope"},
            {"POST", "/policies/daily/run", "/policies/nope/run"}, {"GET", "/policies/daily/preview", "/policies/nope/preview"}, {"GET", "/clients/host/quota", "/clients/nope/quota"}, {"GET", "/clients/host/terms", "/clients/nope/terms"},
            {"GET", "/clients/host/trust-group", "/clients/nope/trust-group"}, {"GET", "/clients/host/address", "/clients/nope/address"}};
        for (String[] pair : pairs) {
            HttpResponse<String> foreign = server.as("operator other", pair[0], pair[1], null);
            ApiServletTest.problem(foreign, 404);
            assertEquals(plain(server.as("operator other", pair[0], pair[2], null).body()), plain(foreign.body()));
        }
        assertTrue(server.fake.deleted.isEmpty());
        assertEquals(Job.State.RUNNING, server.fake.get(new JobId(1)).state());
    }

    /** Without what was asked for. */
    private static String plain(String body) {
        return body.replaceAll(SNAPSHOT + "|" + UNKNOWN + "|0193b2c4|ffffffff|\\bhost\\b|\\bnope\\b|\\bdocs\\b|\\bdaily\\b|\\b[19]\\b", "IT");
    }

    @Test
    void restoresWhatIsOfHisClientsToHisClientsOnly() throws Exception {
        String order = "{\"kind\":\"restore\",\"snapshot\":\"0193b2c4\",\"to\":\"/tmp/r\"";
        assertEquals("snapshot.unknown", code(server.as("restorer other", "POST", "/jobs", order + "}"), 404));
        assertEquals("client.unknown", code(server.as("restorer host", "POST", "/jobs", order + ",\"client\":\"other\"}"), 404));
        assertTrue(server.fake.orders.isEmpty());
        assertEquals(202, server.as("restorer host", "POST", "/jobs", order + ",\"client\":\"host\"}").statusCode());
        assertEquals(202, server.as("restorer host other", "POST", "/jobs", order + ",\"client\":\"other\"}").statusCode());
    }

    @Test
    void showsNoRestoreOfWhatIsAnothers() throws Exception {
        Job running = server.fake.job(2, Job.State.RUNNING);
        server.fake.jobs.put(running.id(), new Job(running.id(), Job.Kind.RESTORE, running.state(), new ClientName("other"), running.pool(), running.started(), null, 0, 0, null,
                null, 1, new byte[] {1}, null));
        server.fake.ordered = new JobOrder.Restore(FakeServer.SNAPSHOT, List.of(RawPath.of("/secret")), new ClientName("other"), RawPath.of("/tmp"),
                Overwrite.NEVER, false, null, 0, new ClientName("host"), Hooks.NONE);
        assertEquals("[]", server.as("restorer other", "GET", "/jobs", null).body());
        assertEquals("job.unknown", code(server.as("restorer other", "GET", "/jobs/2", null), 404));
        assertEquals(200, server.as("restorer host other", "GET", "/jobs/2", null).statusCode());
        assertEquals("access.denied", code(server.as("restorer host", "POST", "/jobs/1/cancel", null), 403));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"prune\"}", "{\"kind\":\"verify\"}", "{\"kind\":\"copy\",\"to\":\"off\",\"pool\":\"default\"}",
            "{\"kind\":\"backup\",\"saveSet\":\"s\",\"paths\":[\"/srv\"]}", "{\"kind\":\"rebuild\",\"from\":[\"/mnt\"]}", "{\"kind\":\"scan\",\"volumes\":[\"a\"]}"})
    void ordersNothingThatIsAboutMoreThanHisClients(String order) throws Exception {
        assertEquals("access.bounded", code(server.as("operator other", "POST", "/jobs", order), 403));
        assertTrue(server.fake.orders.isEmpty());
        assertEquals(202, server.as("operator", "POST", "/jobs", order).statusCode());
    }

    @Test
    void saysOfHisOwnOnlyWhatIsAmbiguous() throws Exception {
        for (String client : List.of("web", "secret")) {
            server.fake.saveSets.create(new KeptSaveSet(new ClientName(client), null, new SaveSet(new SaveSetName("docs"), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
        }
        HttpResponse<String> sets = server.as("operator host web", "GET", "/save-sets/docs", null);
        assertEquals("saveset.ambiguous", code(sets, 409));
        assertTrue(sets.body().contains("host/docs, web/docs") && !sets.body().contains("secret"), sets::body);
        SnapshotId mine = SnapshotId.parse("0193b2c4d5e6000000000000000000ab");
        SnapshotId anothers = SnapshotId.parse("0193b2c4d5e6000000000000000000ac");
        server.fake.more.addAll(List.of(FakeServer.snapshot(mine, "host"), FakeServer.snapshot(anothers, "secret")));
        HttpResponse<String> snapshots = server.as("operator host", "GET", "/snapshots/0193b2c4", null);
        assertEquals("snapshot.ambiguous", code(snapshots, 409));
        assertTrue(snapshots.body().contains(SNAPSHOT) && snapshots.body().contains(mine.toString()) && !snapshots.body().contains(anothers.toString()), snapshots::body);
    }

    @Test
    void theStatusTellsNothingOfOthers() throws Exception {
        JsonNode all = Json.MAPPER.readTree(server.as("operator", "GET", "/status", null).body());
        assertEquals("1 1 1 2", all.path("roles").size() + " " + all.path("warnings").size() + " " + all.path("running") + " " + all.path("snapshots"));
        JsonNode his = Json.MAPPER.readTree(server.as("operator host", "GET", "/status", null).body());
        assertEquals("1 0 1 1", his.path("roles").size() + " " + his.path("warnings").size() + " " + his.path("running") + " " + his.path("snapshots"));
        JsonNode none = Json.MAPPER.readTree(server.as("auditor other", "GET", "/status", null).body());
        assertEquals("0 0 0 0", none.path("roles").size() + " " + none.path("warnings").size() + " " + none.path("running") + " " + none.path("snapshots"));
    }

    /** Without a client's name it would be read on the server's own host, by its client. */
    @Test
    void mountsOnHostsOfHisOwnOnly() throws Exception {
        String order = "{\"kind\":\"mount\",\"snapshot\":\"0193b2c4\",\"stream\":7";
        assertEquals("access.bounded", code(server.as("restorer host", "POST", "/jobs", order + "}"), 403));
        assertEquals(202, server.as("restorer host", "POST", "/jobs", order + ",\"client\":\"host\"}").statusCode());
    }

    private static String code(HttpResponse<String> answer, int status) throws Exception {
        return ApiServletTest.problem(answer, status).path("code").asText();
    }
}
