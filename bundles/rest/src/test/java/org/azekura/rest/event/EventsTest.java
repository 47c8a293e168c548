package org.azekura.rest.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobProgress;
import org.azekura.rest.RestServer;
import org.azekura.rest.alert.SeenAlerts;
import org.azekura.rest.call.Route;
import org.azekura.rest.job.SeenJobs;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EventsTest {

    private static final Caller ADMIN = new Caller("user", Role.ADMIN, Set.of());

    @AutoClose
    private final RestServer server = RestServer.start();

    @BeforeEach
    void start() throws Exception {
        server.fake.job(1, Job.State.RUNNING);
        server.fake.job(2, Job.State.RUNNING);
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
        EventStream stream = new EventStream(null, new SeenJobs(server.fake, ADMIN), new SeenAlerts(server.notices, ADMIN), () -> true, server.hub, 5_000);
        for (int i = 1; i <= 1000; i++) {
            stream.offer(new EventHub.Event(i, new News.OfJob(new JobProgress(new JobId(1 + i % 2), Job.State.RUNNING, "", i, 0, 0))));
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

    @Test
    void endsWithWhatItsCallerHasShown() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        EventStream quiet = new EventStream(null, seen("user ann"), new SeenAlerts(server.notices, ADMIN), () -> asked.incrementAndGet() < 3, server.hub, 1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        quiet.write(out);
        assertEquals(3, asked.get());
        assertEquals("retry: 1000\n\n:\n\n:\n\n", out.toString(StandardCharsets.UTF_8));
        EventStream busy = new EventStream(null, seen("user ann"), new SeenAlerts(server.notices, ADMIN), () -> false, server.hub, 0);
        busy.offer(new EventHub.Event(1, new News.OfJob(progress(1, Job.State.RUNNING))));
        out.reset();
        busy.write(out);
        assertEquals("retry: 1000\n\n", out.toString(StandardCharsets.UTF_8), "nor does it tell what happened meanwhile");
    }

    /** The catalog may be away while another store takes over. */
    @Test
    void goesOnWhileNobodyCanSay() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        new EventStream(null, seen("user ann"), new SeenAlerts(server.notices, ADMIN), () -> {
            if (asked.incrementAndGet() < 3) {
                throw BackupException.device("catalog.held", "", "another store takes over", null);
            }
            return false;
        }, server.hub, 1).write(new ByteArrayOutputStream());
        assertEquals(3, asked.get());
    }

    @Test
    void nobodyTakesThePlacesOfOthers() throws Exception {
        List<HttpResponse<InputStream>> open = new ArrayList<>();
        try {
            for (int i = 0; i < EventHub.STREAMS_OF_ONE; i++) {
                open.add(stream("as operator"));
                assertEquals(200, open.getLast().statusCode());
            }
            assertEquals(503, stream("as operator").statusCode());
            open.add(stream("as auditor"));
            assertEquals(200, open.getLast().statusCode());
            for (int i = 0; i < 2 * EventHub.STREAMS_OF_ONE; i++) {
                open.add(stream(RestServer.TOKEN));
                assertEquals(200, open.getLast().statusCode(), "the owner's own");
            }
        } finally {
            for (HttpResponse<InputStream> one : open) {
                one.body().close();
            }
        }
    }

    private HttpResponse<InputStream> stream(String token) throws Exception {
        return server.client.send(server.request(Route.ROOT + "/events").header("Authorization", "Bearer " + token).build(), BodyHandlers.ofInputStream());
    }

    private SeenJobs seen(String name) {
        return new SeenJobs(server.fake, new Caller(name, Role.ADMIN, Set.of()));
    }

    @Test
    void tellsOfAlertsThatComeAndGoToWhoMaySeeThem() throws Exception {
        Alert pools = server.notices.there.getFirst();
        Alert hosts = server.notices.there.getLast();
        try (BufferedReader all = open("", "start1-0"); BufferedReader his = open("as operator host", "", null)) {
            server.notices.tell(pools, true);
            server.notices.tell(hosts, true);
            server.notices.tell(pools, false);
            server.notices.tell(hosts, false);
            assertTrue(until(all, "alert").contains("\"alert\":{\"code\":\"pool.key.notexported\""));
            String first = until(his, "alert");
            assertTrue(first.contains("job.parked"), first);
        }
        server.notices.tell(pools, true);
        try (BufferedReader again = open("", "start1-4")) {
            assertTrue(until(again, "alert").startsWith("data: {\"came\":true,\"alert\":{\"code\":\"pool.key.notexported\""));
        }
    }

    /** The first of this name. */
    private static String until(BufferedReader lines, String event) throws Exception {
        String line = lines.readLine();
        while (!line.equals("event: " + event)) {
            line = lines.readLine();
        }
        return lines.readLine();
    }

    private static JobProgress progress(long job, Job.State state) {
        return new JobProgress(new JobId(job), state, "", 0, 0, 0);
    }

    private BufferedReader open(String query, String lastEventId) throws Exception {
        return open(RestServer.TOKEN, query, lastEventId);
    }

    private BufferedReader open(String token, String query, String lastEventId) throws Exception {
        HttpRequest.Builder request = server.request(Route.ROOT + "/events" + query).header("Authorization", "Bearer " + token);
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
