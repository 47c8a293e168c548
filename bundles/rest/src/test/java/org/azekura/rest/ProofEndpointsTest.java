package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.catalog.Proof.Outcome;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What drills proved, over HTTP. */
class ProofEndpointsTest {

    private static final String MONTHLY = "{\"name\":\"monthly\",\"saveSets\":[\"host/docs\"],\"sample\":\"0.5%\",\"schedule\":\"monthly first sun 03:00\"}";

    @AutoClose
    private final RestServer server = RestServer.start();

    @BeforeEach
    void start() throws Exception {
        server.fake.proofs.proofs.add(FakeProofs.proof(3, "host", Outcome.PROVEN));
        server.fake.proofs.proofs.add(FakeProofs.proof(5, "other", Outcome.FAILED, "/a<b>: 3 bytes from 7 on"));
        server.fake.proofs.proofs.add(FakeProofs.proof(8, "host", Outcome.PARTLY, "/x: its owner"));
    }

    private JsonNode get(String path) throws Exception {
        return Json.MAPPER.readTree(server.get(path).body());
    }

    private String code(String method, String path, String body, int status) throws Exception {
        return ApiServletTest.problem(server.send(method, path, body), status).path("code").asText();
    }

    @Test
    void listsAndShowsWhatWasProven() throws Exception {
        assertEquals("[8, 5, 3]", get("/proofs").findValues("job").toString());
        assertEquals("[3]", get("/proofs?client=host&saveSet=docs&below=8").findValues("job").toString());
        assertEquals("[8]", get("/proofs?client=host&limit=1").findValues("job").toString());
        JsonNode one = get("/proofs/5");
        assertEquals("failed", one.path("outcome").asText());
        assertEquals("-7", one.path("sample").path("seed").asText());
        assertEquals("drill.unknown", code("GET", "/proofs/6", null, 404));
        assertEquals("drill.unknown", code("GET", "/proofs/x", null, 404));
        assertEquals("request.parameter", code("GET", "/proofs?saveSet=docs", null, 400));
        assertEquals("[\"2026-01-02T03:04:08Z\"]", get("/proven").findValuesAsText("ended").stream().limit(1).map(text -> "\"" + text + "\"").toList().toString());
        assertEquals("2026-01-02T03:04:08Z", get("/status").path("proven").path("time").asText());
    }

    @Test
    void showsNobodyWhatIsOfClientsThatHeDoesNotSee() throws Exception {
        String caller = "auditor host";
        assertEquals("[8, 3]", Json.MAPPER.readTree(server.as(caller, "GET", "/proofs", null).body()).findValues("job").toString());
        assertEquals("drill.unknown", ApiServletTest.problem(server.as(caller, "GET", "/proofs/5", null), 404).path("code").asText());
        assertEquals("drill.unknown", ApiServletTest.problem(server.as(caller, "GET", "/proofs/5/report", null), 404).path("code").asText());
        assertFalse(server.as(caller, "GET", "/proof-report", null).body().contains("other/docs"));
        assertFalse(server.as(caller, "GET", "/proven", null).body().contains("other"));
    }

    @Test
    void makesAReportThatIsSignedInBothLanguagesAndCanonical() throws Exception {
        JsonNode answer = get("/proofs/5/report");
        String html = answer.path("html").asText();
        assertEquals("drill-5.html", answer.path("name").asText());
        assertEquals("signature of " + html.getBytes(StandardCharsets.UTF_8).length, answer.path("signature").asText());
        assertTrue(html.contains("Drill 5: failed") && html.contains("訓練 5: 失敗") && html.contains("/a&lt;b&gt;: 3 bytes"), html);
        assertFalse(html.contains("{0}"), html);
        Matcher json = Pattern.compile("id=\"report\">(.*)</script>").matcher(html);
        assertTrue(json.find() && !json.group(1).contains("<"), html);
        assertTrue(json.group(1).startsWith("{\"drills\":[{\"began\":\"2026-01-02T03:04:05Z\",\"bytes\":700,\"client\":\"other\",\"differences\":1,"), json.group(1));
        assertEquals("/a<b>: 3 bytes from 7 on", Json.MAPPER.readTree(json.group(1)).path("drills").path(0).path("told").path(0).asText());
        assertEquals(html, get("/proofs/5/report").path("html").asText(), "it is the same whenever it is made");
        JsonNode period = get("/proof-report?since=2026-01-02T03:04:09Z&until=2026-01-02T03:04:11Z");
        assertTrue(period.path("html").asText().contains("1 drills, of which 0 proved"), period.path("html").asText());
        assertEquals("drill.none", code("GET", "/proof-report?since=2030-01-01T00:00:00Z", null, 400));
    }

    @Test
    void keepsPlans() throws Exception {
        JsonNode made = Json.MAPPER.readTree(server.post("/drill-plans", MONTHLY).body());
        assertEquals("0.5%", made.path("sample").asText());
        assertEquals("monthly first sun 03:00", made.path("schedule").asText());
        assertEquals(0, made.path("retries").asInt());
        JsonNode changed = Json.MAPPER.readTree(server.send("PATCH", "/drill-plans/monthly", "{\"sample\":\"whole\",\"enabled\":false}").body());
        assertEquals("whole", changed.path("sample").asText());
        assertFalse(changed.path("enabled").asBoolean());
        assertEquals("1000", Json.MAPPER.readTree(server.post("/drill-plans/monthly", "{\"sample\":\"1000\"}").body()).path("sample").asText());
        assertEquals("drill.nothing", Json.MAPPER.readTree(server.post("/drill-plans/monthly/run", "{}").body()).path("steps").path(0).path("code").asText());
        for (String wrong : new String[] {"0%", "101%", "-1", "5 files", "0", ""}) {
            assertEquals("request.value", code("POST", "/drill-plans", MONTHLY.replace("0.5%", wrong), 400), wrong);
        }
        assertEquals("request.value", code("POST", "/drill-plans", "{\"name\":\"x\",\"saveSets\":[\"a\"]}", 400));
        assertEquals("plan.unknown", code("GET", "/drill-plans/nope", null, 404));
        assertEquals(200, server.send("DELETE", "/drill-plans/monthly", null).statusCode());
        assertEquals("plan.unknown", code("DELETE", "/drill-plans/monthly", null, 404));
    }

    @Test
    void tellsHowMuchWasReadBack() throws Exception {
        assertEquals("[{\"day\":\"2026-01-02\",\"packs\":10,\"bytes\":1000,\"month\":3,\"year\":6,\"never\":4,\"unread\":\"2026-01-02T03:04:05Z\"}]",
                server.get("/pools/default/coverage").body());
        assertEquals("pool.unknown", code("GET", "/pools/nope/coverage", null, 404));
    }
}
