package org.azekura.rest.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.azekura.api.JobId;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobProgress;
import org.azekura.rest.RestServer;
import org.azekura.rest.call.Route;
import org.azekura.rest.job.SeenJobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventsTest {

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
        server.fake.job(1, Job.State.RUNNING);
        server.fake.job(2, Job.State.RUNNING);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void tellsOfOneJobFromNowOn() throws Exception {
        try (BufferedReader lines = open("?job=1", null)) {
            assertTrue(data(lines).contains("\"job\":1,\"state\":\"running\",\"phase\":\"collecting\",\"files\":1,\"bytes\":2,\"stored\":3"));
            server.fake.tell(progress(2, Job.State.DONE));
            server.fake.tell(progress(1, Job.State.DONE));
            assertTrue(data(lines).contains("\"job\":1,\"state\":\"done\""));
        }
    }

    @Test
    void tellsOfAllRunningJobs() throws Exception {
        try (BufferedReader lines = open("", null)) {
            assertTrue(data(lines).contains("\"job\":1"));
            assertTrue(data(lines).contains("\"job\":2"));
        }
    }

    @Test
    void goesOnWhereAStreamBrokeOff() throws Exception {
        server.fake.tell(progress(7, Job.State.RUNNING));
        server.fake.tell(progress(8, Job.State.DONE));
        try (BufferedReader lines = open("", "start1-1")) {
            assertTrue(data(lines).contains("\"job\":8"));
        }
    }

    @Test
    void toleratesTheIdOfAnotherStart() throws Exception {
        for (String id : new String[] {"start0-99", "start1-x", "", "rubbish"}) {
            try (BufferedReader lines = open("", id)) {
                assertTrue(data(lines).contains("\"job\":1"));
            }
        }
    }

    @Test
    void endsItsStreamsWhenItCloses() throws Exception {
        try (BufferedReader lines = open("?job=1", null)) {
            data(lines);
            server.hub.close();
            String line = lines.readLine();
            while (line != null) {
                line = lines.readLine();
            }
            assertNull(line);
        }
    }

    @Test
    void keepsNoPlaceForAStreamThatDidNotOpen() throws Exception {
        server.fake.fault = new IllegalStateException("the catalog is closed");
        for (String path : new String[] {"/events", "/events?job=1"}) {
            assertEquals(500, server.get(path).statusCode());
        }
        assertEquals(0, server.hub.streams());
    }

    @Test
    void answersAHeadWithoutAStream() throws Exception {
        HttpResponse<String> answer = server.send("HEAD", "/events", null);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/event-stream"));
        assertEquals(404, server.send("HEAD", "/events?job=77", null).statusCode());
        assertEquals(0, server.hub.streams());
    }

    @Test
    void keepsTheNewestOfEachJobForASlowReader() {
        EventStream stream = new EventStream(null, new SeenJobs(server.fake, new Caller("user", Role.ADMIN, Set.of())), server.hub);
        for (int i = 1; i <= 1000; i++) {
            stream.offer(new EventHub.Event(i, new JobProgress(new JobId(1 + i % 2), Job.State.RUNNING, "", i, 0, 0)));
        }
        stream.end();
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        try {
            stream.write(out);
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(2, text.split("data:").length - 1);
        assertTrue(text.contains("\"files\":999") && text.contains("\"files\":1000"), text);
    }

    private static JobProgress progress(long job, Job.State state) {
        return new JobProgress(new JobId(job), state, "", 0, 0, 0);
    }

    private BufferedReader open(String query, String lastEventId) throws Exception {
        HttpRequest.Builder request = server.request(Route.ROOT + "/events" + query).header("Authorization", "Bearer " + RestServer.TOKEN);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> answer = server.client.send(request.build(), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers().firstValue("Content-Type").orElseThrow().startsWith("text/event-stream"));
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String data(BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (!line.startsWith("data:")) {
            line = lines.readLine();
        }
        return line;
    }
}
