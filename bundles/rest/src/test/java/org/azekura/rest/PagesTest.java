package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final Pattern NEXT = Pattern.compile("<(\\?[^>]*)>; rel=\"next\"");

    @AutoClose
    private final RestServer server = RestServer.start();

    @BeforeEach
    void start() throws Exception {
        for (int id = 1; id <= 25; id++) {
            server.fake.job(id, id % 5 == 0 ? Job.State.FAILED : Job.State.DONE);
        }
    }

    @Test
    void givesEveryRowOnceWhateverComesAndGoesMeanwhile() throws Exception {
        List<Integer> seen = new ArrayList<>();
        String next = "?limit=4";
        while (next != null) {
            HttpResponse<String> answer = server.get("/jobs" + next);
            Json.MAPPER.readTree(answer.body()).forEach(row -> seen.add(row.path("id").asInt()));
            server.fake.jobs.remove(new JobId(seen.getLast()));
            Matcher link = NEXT.matcher(answer.headers().firstValue("Link").orElse(""));
            next = link.matches() ? link.group(1) : null;
            if (seen.size() == 8) {
                server.fake.job(26, Job.State.DONE);
            }
        }
        List<Integer> all = new ArrayList<>();
        for (int id = 1; id <= 26; id++) {
            all.add(id);
        }
        assertEquals(all, seen);
    }

    @Test
    void keepsWhatElseWasAskedFor() throws Exception {
        HttpResponse<String> answer = server.get("/jobs?state=failed&limit=2");
        assertEquals(2, Json.MAPPER.readTree(answer.body()).size());
        Matcher link = NEXT.matcher(answer.headers().firstValue("Link").orElseThrow());
        assertTrue(link.matches());
        JsonNode rest = Json.MAPPER.readTree(server.get("/jobs" + link.group(1).replace("limit=2", "limit=100")).body());
        assertEquals(3, rest.size());
        assertEquals(15, rest.path(0).path("id").asInt());
    }

    @Test
    void givesTheWholeListToWhoAsksForNoPage() throws Exception {
        HttpResponse<String> answer = server.get("/jobs");
        assertEquals(25, Json.MAPPER.readTree(answer.body()).size());
        assertTrue(answer.headers().firstValue("Link").isEmpty());
        assertEquals(3, Json.MAPPER.readTree(server.get("/volumes?limit=10").body()).size() + Json.MAPPER.readTree(server.get("/snapshots?limit=1").body()).size());
    }

    @Test
    void refusesWhatIsNoPlaceOfASnapshot() throws Exception {
        for (String wrong : new String[] {"!", "MQ", "MSAy", "MSAyIDM", "eCB5IHo"}) {
            ApiServletTest.problem(server.get("/snapshots?after=" + wrong), 400);
        }
    }

    @Test
    void filtersJobs() throws Exception {
        for (String none : new String[] {"kind=restore", "client=other", "pool=off", "since=2026-01-02T03:04:06Z", "until=2026-01-02T03:04:05Z", "state=queued", "running"}) {
            assertEquals("[]", server.get("/jobs?" + none).body(), none);
        }
        for (String all : new String[] {"kind=backup", "client=host", "pool=default", "since=2026-01-02T04:04:05%2B01:00", "until=2026-01-02T03:04:06Z"}) {
            assertEquals(25, Json.MAPPER.readTree(server.get("/jobs?" + all).body()).size(), all);
        }
    }

    @Test
    void refusesWhatIsNoPlaceAndNoTime() throws Exception {
        for (String wrong : new String[] {"after=!", "limit=0", "limit=10001", "limit=x", "since=yesterday", "until=2026-01-02", "state=fine", "kind=dance"}) {
            ApiServletTest.problem(server.get("/jobs?" + wrong), 400);
        }
    }

    @Test
    void givesTheNewestBesideThoseThatHaveNotEnded() throws Exception {
        server.fake.job(2, Job.State.PARKED);
        assertEquals(List.of(2, 23, 24, 25), ids("?newest=3"));
        assertEquals(List.of(25), ids("?newest=3&state=failed"));
        assertEquals(List.of(2, 23), ids("?newest=3&limit=2"));
        assertEquals(400, server.get("/jobs?newest=0").statusCode());
    }

    /** Whoever sees one client among thousands sees the newest of this one, not what is his of the newest of all. */
    @Test
    void givesTheNewestOfThoseThatTheCallerSees() throws Exception {
        for (int id = 26; id <= 6_000; id++) {
            server.fake.job(id, Job.State.DONE, "other");
        }
        for (int id : new int[] {7, 700, 3000}) {
            server.fake.job(id, Job.State.DONE, "mine");
        }
        server.fake.job(1, Job.State.PARKED, "mine");
        server.fake.job(2, Job.State.PARKED, "other");
        assertEquals(List.of(1, 7, 700, 3000), ids(server.as("operator mine", "GET", "/jobs?newest=5000", null)));
        assertEquals(List.of(1, 700, 3000), ids(server.as("operator mine", "GET", "/jobs?newest=2", null)));
        assertEquals(List.of(1, 25, 700, 3000), ids(server.as("operator mine host", "GET", "/jobs?newest=3", null)));
        assertEquals(List.of(1, 700, 3000), ids("?newest=2&client=mine"));
        assertEquals(List.of(), ids(server.as("restorer", "GET", "/jobs?newest=5", null)));
    }

    @Test
    void refusesAPlaceThatNoPageHasNamed() throws Exception {
        for (String after : List.of("%25", "YWJj", "MA")) {
            assertEquals(400, server.get("/jobs?limit=3&after=" + after).statusCode(), after);
        }
    }

    private List<Integer> ids(String query) throws Exception {
        return ids(server.get("/jobs" + query));
    }

    private static List<Integer> ids(HttpResponse<String> answer) throws Exception {
        List<Integer> ids = new ArrayList<>();
        Json.MAPPER.readTree(answer.body()).forEach(row -> ids.add(row.path("id").asInt()));
        return ids;
    }
}
