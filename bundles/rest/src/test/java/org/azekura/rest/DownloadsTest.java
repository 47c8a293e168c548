package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Job;
import org.azekura.api.device.Barcode;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Route;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DownloadsTest {

    private static final long SEED = 61;
    private static final String NAME = "帳簿 2026.txt";
    private static final String FILE = "/srv/" + NAME;

    private final byte[] content = new byte[2_500_000];
    @AutoClose
    private final RestServer server = RestServer.start();

    @BeforeEach
    void start() throws Exception {
        new Random(SEED).nextBytes(content);
        server.contents.file(FILE, content, 0);
        server.fake.entries = List.of(listed(FILE, "file", content.length));
    }

    private static Snapshots.Listed listed(String path, String type, long size) {
        return new Snapshots.Listed(RawPath.of(path), type, size, 0644, Instant.EPOCH, "ann", "staff", null);
    }

    private String offer(String path, String form) throws Exception {
        String word = form == null ? "" : ",\"form\":\"" + form + "\"";
        HttpResponse<String> answer = server.post("/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"" + path + "\"]" + word + "}");
        assertEquals(201, answer.statusCode(), answer.body());
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private HttpRequest.Builder request(String location) {
        return server.request(location).header("Authorization", "Bearer " + RestServer.TOKEN);
    }

    private HttpResponse<byte[]> fetch(String location, String... headers) throws Exception {
        HttpRequest.Builder request = request(location);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return server.client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private String closed() throws InterruptedException {
        String why = server.contents.closed.poll(120, TimeUnit.SECONDS);
        assertNotNull(why, "it is open still");
        return why;
    }

    @Test
    void sendsAFileAsItIsUnderItsNameAndAsNothingThatABrowserWouldRun() throws Exception {
        HttpResponse<byte[]> answer = fetch(offer(FILE, null));
        assertEquals(200, answer.statusCode());
        assertArrayEquals(content, answer.body());
        Map<String, String> said = new TreeMap<>();
        answer.headers().map().forEach((name, values) -> said.put(name.toLowerCase(), values.getFirst()));
        assertEquals("attachment; filename=\"__ 2026.txt\"; filename*=UTF-8''%E5%B8%B3%E7%B0%BF%202026.txt", said.get("content-disposition"));
        assertEquals("application/octet-stream", said.get("content-type"));
        assertEquals("nosniff", said.get("x-content-type-options"));
        assertEquals("sandbox; default-src 'none'", said.get("content-security-policy"));
        assertEquals(String.valueOf(content.length), said.get("content-length"));
        assertEquals("", closed());
        assertEquals(List.of(RawPath.of(FILE)), ((JobOrder.Download) server.fake.orders.getFirst()).paths());
        var act = server.access.acts.getLast();
        assertEquals("GET downloads/{download}", act.operation());
        assertEquals(FakeServer.SNAPSHOT + " " + FILE, act.object());
        assertEquals("job 1", act.outcome());
    }

    @Test
    void goesOnWhereItBrokeOffIfTheFileIsStillThatOne() throws Exception {
        String location = offer(FILE, null);
        String tag = fetch(location).headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> rest = fetch(location, "Range", "bytes=2000000-", "If-Range", tag);
        assertEquals(206, rest.statusCode());
        assertEquals("bytes 2000000-2499999/2500000", rest.headers().firstValue("Content-Range").orElseThrow());
        assertArrayEquals(Arrays.copyOfRange(content, 2_000_000, content.length), rest.body());
        assertArrayEquals(Arrays.copyOfRange(content, content.length - 10, content.length), fetch(location, "Range", "bytes=-10").body());
        assertArrayEquals(Arrays.copyOfRange(content, 5, 10), fetch(location, "Range", "bytes=5-9").body());
        assertEquals(200, fetch(location, "Range", "bytes=5-", "If-Range", "\"other\"").statusCode());
        assertEquals(200, fetch(location, "Range", "bytes=9-5").statusCode());
        HttpResponse<byte[]> none = fetch(location, "Range", "bytes=2500000-");
        assertEquals(416, none.statusCode());
        assertEquals("bytes */2500000", none.headers().firstValue("Content-Range").orElseThrow());
    }

    private void folder() {
        server.contents.folder("/srv");
        server.contents.folder("/srv/下");
        server.contents.file("/srv/下/空", new byte[0], 0);
        server.contents.file("/srv/下/二つ", "same".getBytes(StandardCharsets.UTF_8), 4);
        server.contents.file("/srv/下/二つ目", "same".getBytes(StandardCharsets.UTF_8), 4);
        server.contents.link("/srv/下/先", "../" + NAME);
        server.fake.entries = List.of(listed("/srv/下", "directory", 0));
    }

    @Test
    void sendsAFolderAsAZipThatUnpacksToTheSame() throws Exception {
        folder();
        HttpResponse<byte[]> answer = fetch(offer("/srv", null));
        assertTrue(answer.headers().firstValue("Content-Disposition").orElseThrow().startsWith("attachment; filename=\"srv.zip\""));
        Map<String, byte[]> found = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(answer.body()), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                found.put(entry.getName(), in.readAllBytes());
            }
        }
        assertEquals(List.of("srv/", "srv/下/", "srv/下/二つ", "srv/下/二つ目", "srv/下/先", "srv/下/空", "srv/" + NAME), List.copyOf(found.keySet()));
        assertArrayEquals(content, found.get("srv/" + NAME));
        assertEquals("../" + NAME, new String(found.get("srv/下/先"), StandardCharsets.UTF_8));
    }

    @Test
    void sendsAFolderAsATarWithLinksOwnersAndAttributes() throws Exception {
        folder();
        Map<String, String> found = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(fetch(offer("/srv/下", "tar")).body()), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                found.put(entry.getName(), (entry.isLink() ? "= " : entry.isSymbolicLink() ? "-> " : "") + entry.getLinkName() + " " + entry.getUserName() + " "
                        + entry.getExtraPaxHeader("SCHILY.xattr.user.note") + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertEquals(Map.of("下/", " ann text ", "下/空", " ann text ", "下/二つ", " ann text same", "下/二つ目", "= 下/二つ ann text ", "下/先", "-> ../" + NAME + " ann text "), found);
    }

    /** Of a file as of an archive: whoever gets it does not take a part for the whole. */
    @Test
    void cutsOffWhatIsDamagedAndTheJobSaysWhy() throws Exception {
        server.contents.damagedFrom = 1_500_000;
        folder();
        for (String form : List.of("file", "zip", "tar")) {
            server.fake.entries = form.equals("file") ? List.of(listed(FILE, "file", content.length)) : List.of();
            String location = offer(form.equals("file") ? FILE : "/srv", form);
            assertThrows(IOException.class, () -> fetch(location), form);
            assertEquals("chunk.damaged", closed(), form);
        }
    }

    @Test
    void saysWhyWhereNothingWasSentYet() throws Exception {
        server.contents.damagedFrom = 0;
        JsonNode problem = Json.MAPPER.readTree(fetch(offer(FILE, null)).body());
        assertEquals("chunk.damaged", problem.path("code").asText());
        server.contents.ready = false;
        server.contents.onAwait = () -> server.fake.job(2, Job.State.FAILED);
        assertEquals("job.ended", Json.MAPPER.readTree(fetch(offer(FILE, null)).body()).path("code").asText());
    }

    @Test
    void endsWhenWhoTakesItGoesAway() throws Exception {
        server.contents.files.clear();
        server.contents.endless = 1L << 40;
        server.fake.entries = List.of(listed(FILE, "file", server.contents.endless));
        try (InputStream in = server.client.send(request(offer(FILE, null)).build(), BodyHandlers.ofInputStream()).body()) {
            assertEquals(0, in.read());
        }
        assertEquals("", closed());
    }

    @Test
    void hasThreadsForOthersWhileSomeTakeTheirTimeAndGivesNobodyMoreThanThree() throws Exception {
        server.contents.may = new CompletableFuture<>();
        String location = offer(FILE, null);
        List<CompletableFuture<HttpResponse<byte[]>>> slow = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            slow.add(server.client.sendAsync(request(location).build(), BodyHandlers.ofByteArray()));
        }
        HttpResponse<byte[]> refused = null;
        while (refused == null || refused.statusCode() != 429) {
            // those that were sent before may not have come yet; this one may take the place of one of them
            HttpResponse<String> answer = server.post("/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"" + FILE + "\"]}");
            refused = answer.statusCode() == 429 ? fetch(location) : null;
        }
        assertEquals(200, server.get("/status").statusCode());
        server.contents.may.complete(null);
        for (var one : slow) {
            assertArrayEquals(content, one.get().body());
        }
    }

    @Test
    void isForWhoAskedAlone() throws Exception {
        String location = offer(FILE, null).substring(Route.ROOT.length());
        assertEquals(404, server.as("admin", "GET", location, null).statusCode());
        assertEquals(404, server.as("restorer other", "POST", "/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"/srv\"]}").statusCode());
        assertEquals(403, server.as("auditor", "POST", "/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"/srv\"]}").statusCode());
        assertEquals(201, server.as("restorer host", "POST", "/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"/srv\"]}").statusCode());
    }

    @Test
    void saysHowToGetWhatLiesInAnArchiveInsteadOfWaitingForHours() throws Exception {
        server.fake.lying = List.of(new Snapshots.Lying(new PoolName("cold"), new NodeName("host"), "cold-1", null, "device cold: 3 of 4 packs lie in its archive: cheap (Bulk) about 12 h",
                false, 1, 10, new Snapshots.Taking(43_200, 0, "")));
        HttpResponse<String> answer = server.post("/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"" + FILE + "\"]}");
        assertEquals(409, answer.statusCode());
        assertTrue(answer.body().contains("blob.archived") && answer.body().contains("cheap (Bulk) about 12 h") && answer.body().contains("--thaw"), answer.body());
    }

    @Test
    void namesTheCartridgeThatIsAway() throws Exception {
        server.fake.lying = List.of(new Snapshots.Lying(new PoolName("default"), new NodeName("host"), "tape-1", new Barcode("A00001L8"), "bank safe", false, 1, 10));
        HttpResponse<String> answer = server.post("/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"" + FILE + "\"]}");
        assertEquals(409, answer.statusCode());
        assertTrue(answer.body().contains("volume.away") && answer.body().contains("A00001L8 (bank safe)"), answer.body());
    }

    @Test
    void takesATarWhereAZipHasTooManyNames() throws Exception {
        server.fake.lying = List.of(new Snapshots.Lying(new PoolName("default"), new NodeName("host"), "disk", null, "device disk", true, 100_001, 10));
        server.fake.entries = List.of();
        assertEquals("tar", Json.MAPPER.readTree(server.post("/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"/srv\"]}").body()).path("form").asText());
        assertEquals(400, server.post("/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"/srv\"],\"form\":\"zip\"}").statusCode());
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        for (String body : List.of("{}", "{\"snapshot\":\"0193b2c4\",\"paths\":[]}", "{\"snapshot\":\"0193b2c4\",\"paths\":[null]}", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"/srv\"],\"form\":\"rar\"}",
                "{\"snapshot\":\"0193b2c4\",\"paths\":[\"/srv\"],\"form\":\"file\"}")) {
            server.fake.entries = List.of();
            assertEquals(400, server.post("/downloads", body).statusCode(), body);
        }
        server.contents = null;
        assertTrue(server.post("/downloads", "{\"snapshot\":\"0193b2c4\",\"paths\":[\"/srv\"]}").body().contains("client.offline"));
    }
}
