package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.JobTotal;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    private HttpResponse<String> scrape(String who) throws Exception {
        return server.client.send(server.request("/metrics").header("Authorization", "Bearer " + who).build(), BodyHandlers.ofString());
    }

    @Test
    void tellsHowJobsPoolsAndDrivesAre() throws Exception {
        server.fake.job(1, Job.State.RUNNING);
        server.fake.proofs.proofs.add(FakeProofs.proof(7, "host", Proof.Outcome.PROVEN));
        server.fake.job(2, Job.State.DONE);
        server.fake.job(3, Job.State.FAILED);
        HttpResponse<String> answer = scrape("as auditor");
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain; version=0.0.4"));
        List<String> lines = answer.body().lines().toList();
        for (String line : new String[] {"azekura_jobs{kind=\"backup\",state=\"running\"} 1.0", "azekura_jobs_ended_total{kind=\"backup\",state=\"done\"} 1.0",
                "azekura_jobs_ended_total{kind=\"backup\",state=\"failed\"} 1.0", "azekura_jobs_bytes_total{kind=\"backup\"} 8192.0", "azekura_jobs_seconds_total{kind=\"backup\"} 2.0",
                "azekura_backup_last_timestamp_seconds{client=\"host\"} " + (double) FakeServer.WHEN.plusSeconds(1).getEpochSecond(), "azekura_pool_used_bytes{pool=\"default\"} 100.0",
                "azekura_volumes{pool=\"default\",state=\"appendable\"} 1.0", "azekura_warnings 1.0", "azekura_snapshots 2.0", "azekura_clock_frozen 1.0", "azekura_save_sets{spread=\"partly\"} 1.0", "azekura_save_sets{spread=\"safe\"} 0.0",
                "azekura_connected{kind=\"client\",name=\"host\"} 1.0", "azekura_build{version=\"0.1.0\"} 1.0", "azekura_leads 1.0"}) {
            assertTrue(lines.contains(line), line + " is not in\n" + answer.body());
        }
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("azekura_pool_capacity_bytes{")), "the pool has no bound");
    }

    @Test
    void whatOnlyGrowsDoesSoWhenOldJobsAreDeleted() throws Exception {
        server.fake.deletedJobs = List.of(new JobTotal(Job.Kind.BACKUP, Job.State.DONE, 10, 4096, 7000));
        server.fake.job(1, Job.State.DONE);
        server.fake.job(2, Job.State.RUNNING);
        server.fake.job(3, Job.State.FAILED);
        assertJobs("done", 11, 3 * 4096, 9);
        delete(1);
        assertJobs("done", 11, 3 * 4096, 9);
        server.fake.job(2, Job.State.DONE);
        server.fake.job(4, Job.State.DONE);
        assertJobs("done", 13, 5 * 4096, 11);
        assertJobs("done", 13, 5 * 4096, 11);
        assertTrue(scrape("as auditor").body().contains("azekura_jobs_ended_total{kind=\"backup\",state=\"failed\"} 1.0\n"));
    }

    @Test
    void whatIsDeletedBetweenTwoLooksIsCounted() throws Exception {
        server.fake.job(1, Job.State.RUNNING);
        server.fake.job(2, Job.State.DONE);
        lately(3);
        assertJobs("done", 1, 4096, 1);
        delete(1);
        assertJobs("done", 2, 2 * 4096, 2);
        lately(4);
        delete(4);
        delete(3);
        assertJobs("done", 4, 4 * 4096, 4);
        delete(2);
        server.fake.job(5, Job.State.DONE);
        assertJobs("done", 5, 5 * 4096, 5);
    }

    /** One that is as new as none that is settled. */
    private void lately(long id) {
        Job old = server.fake.job(id, Job.State.RUNNING);
        server.fake.jobs.put(old.id(), new Job(old.id(), old.kind(), old.state(), old.client(), old.pool(), Instant.now(), null, 3, 4096, null, null, 1, old.order(), null));
    }

    /** It ended well, and then its row went. */
    private void delete(long id) {
        Job gone = server.fake.job(id, Job.State.DONE);
        server.fake.jobs.remove(gone.id());
        JobTotal one = new JobTotal(gone.kind(), gone.state(), 1, gone.bytes(), 1000);
        server.fake.deletedJobs = List.of(server.fake.deletedJobs.stream().reduce(one, JobTotal::plus));
        if (server.fake.lastDeleted == null || gone.id().compareTo(server.fake.lastDeleted) > 0) {
            server.fake.lastDeleted = gone.id();
        }
    }

    private void assertJobs(String state, int jobs, int bytes, int seconds) throws Exception {
        String body = scrape("as auditor").body();
        for (String line : List.of("azekura_jobs_ended_total{kind=\"backup\",state=\"" + state + "\"} " + (double) jobs, "azekura_jobs_bytes_total{kind=\"backup\"} " + (double) bytes,
                "azekura_jobs_seconds_total{kind=\"backup\"} " + (double) seconds)) {
            assertTrue(body.lines().toList().contains(line), line + " is not in\n" + body);
        }
    }

    @Test
    void tellsOfAServerThatStandsByThatItDoes() throws Exception {
        server.catalog.leader = "backup1";
        assertTrue(scrape("as auditor").body().contains("\nazekura_leads 0.0"));
    }

    @Test
    void tellsNobodyElse() throws Exception {
        assertEquals("token.wrong", ApiServletTest.problem(scrape("wrong"), 401).path("code").asText());
        assertEquals("access.denied", ApiServletTest.problem(scrape("as restorer"), 403).path("code").asText());
        assertEquals("access.bounded", ApiServletTest.problem(scrape("as auditor host"), 403).path("code").asText());
    }

    @Test
    void isOnlyLookedAtAsHealthIs() throws Exception {
        for (String path : List.of("/metrics", "/health")) {
            for (String method : List.of("TRACE", "OPTIONS", "POST", "DELETE")) {
                var answer = server.client.send(server.request(path).header("Authorization", "Bearer as admin").method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
                assertEquals("request.method", ApiServletTest.problem(answer, 405).path("code").asText(), method + path);
                assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElseThrow());
                assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElseThrow());
            }
        }
        assertEquals("nosniff", server.client.send(server.request("/health").build(), BodyHandlers.ofString()).headers().firstValue("X-Content-Type-Options").orElseThrow());
    }

    @Test
    void answersAFaultOfOursAsAProblem() throws Exception {
        server.fake.fault = new IllegalStateException("oh");
        assertEquals("bug", ApiServletTest.problem(scrape("as admin"), 500).path("code").asText());
    }
}
