package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Snapshots.Listed;
import org.azekura.rest.call.Json;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SnapshotEndpointsTest {

    @AutoClose
    private final RestServer server = RestServer.start();

    @Test
    void listsSnapshotsAndFindsOneByItsFirstDigits() throws Exception {
        JsonNode row = server.json("/snapshots?client=host").path(0);
        assertEquals(FakeServer.SNAPSHOT.toString(), row.path("id").asText());
        assertEquals("srv-data", row.path("saveSet").asText());
        assertEquals("2026-01-02T03:04:14Z", row.path("time").asText());
        JsonNode one = server.json("/snapshots/0193b2c4");
        row.properties().forEach(field -> assertEquals(field.getValue(), one.path(field.getKey()), field.getKey()));
    }

    @Test
    void tellsHowSnapshotsAreSpread() throws Exception {
        String spread = "{\"state\":\"partly\",\"copies\":3,\"kinds\":[\"disk\"],\"sites\":[\"here\",\"tokyo\"],\"lacks\":[\"kinds\"]}";
        assertEquals(spread, server.json("/snapshots").path(0).path("spread").toString());
        assertEquals(spread, server.json("/snapshots/0193b2c4").path("spread").toString());
        server.fake.proofs.proofs.add(FakeProofs.proof(7, "host", Proof.Outcome.PROVEN));
        server.fake.proofs.proofs.add(FakeProofs.proof(8, "web1", Proof.Outcome.PROVEN));
        assertEquals("[{\"client\":\"host\",\"saveSet\":\"docs\",\"snapshot\":\"" + FakeServer.SNAPSHOT + "\",\"spread\":" + spread + "}]", server.get("/spread?client=host").body());
        assertEquals(2, server.json("/spread").size());
        assertEquals(2, server.json("/status").path("spread").path("partly").asInt());
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
    void pagesADirectoryWithRawNames() throws Exception {
        server.fake.entries = List.of(
                new Listed(RawPath.fromPercent("/srv/%FF"), "file", 5, 0644, FakeServer.WHEN.plusNanos(7), "root", "root", null),
                new Listed(RawPath.fromPercent("/srv/l"), "symlink", 0, 0777, FakeServer.WHEN, "root", "root", RawPath.of("x%")));
        JsonNode page = server.json("/snapshots/0193b2c4/entries?path=%2Fsrv%2Fcaf%25E9&limit=1&after=%25FE");
        assertEquals(RawPath.fromPercent("/srv/caf%E9"), server.fake.listedPath);
        assertEquals(RawPath.fromPercent("%FE"), server.fake.listedAfter);
        assertEquals("[{\"path\":\"/srv/%FF\",\"type\":\"file\",\"size\":5,\"mode\":420,\"mtime\":\"2026-01-02T03:04:05.000000007Z\",\"user\":\"root\","
                + "\"group\":\"root\",\"target\":null}]", page.path("entries").toString());
        assertEquals("%FF", page.path("next").asText());
        page = server.json("/snapshots/0193b2c4/entries");
        assertEquals(RawPath.of("/"), server.fake.listedPath);
        assertTrue(page.path("next").isNull());
        assertEquals("x%25", page.path("entries").path(1).path("target").asText());
    }

    @Test
    void pagesWhatDiffers() throws Exception {
        server.fake.differences = List.of(new Snapshots.Difference(RawPath.fromPercent("/srv/caf%E9"), Snapshots.Change.MODIFIED),
                new Snapshots.Difference(RawPath.of("/srv/x"), Snapshots.Change.ADDED));
        JsonNode page = server.json("/snapshots/0193b2c4/differences?to=0193b2c4d5&limit=1&after=%2Fsrv%2F%25FE");
        assertEquals("{\"differences\":[{\"path\":\"/srv/caf%E9\",\"change\":\"modified\"}],\"next\":\"/srv/caf%E9\"}", page.toString());
        assertEquals(RawPath.fromPercent("/srv/%FE"), server.fake.listedAfter);
        assertTrue(server.json("/snapshots/0193b2c4/differences?to=0193b2c4").path("next").isNull());
        assertEquals(400, server.get("/snapshots/0193b2c4/differences").statusCode());
        assertEquals(404, server.get("/snapshots/0193b2c4/differences?to=ffff").statusCode());
    }

    @Test
    void searchesForNames() throws Exception {
        server.fake.found = new Snapshots.Found(List.of(new Snapshots.Version(RawPath.fromPercent("/caf%E9"), "file", 5, FakeServer.WHEN,
                new ClientName("host"), new SaveSetName("srv"), FakeServer.SNAPSHOT, FakeServer.SNAPSHOT, 1)), "p:1", List.of(new PoolName("shut")), List.of(), 2, 9);
        JsonNode found = server.json("/search?name=caf*&ignoreCase=true&client=host");
        assertEquals(new Snapshots.Wanted("caf*", true, new ClientName("host")), server.fake.wanted);
        assertEquals("/caf%E9", found.path("versions").path(0).path("path").asText());
        assertEquals("[\"shut\"]", found.path("closed").toString());
        assertTrue(found.path("more").asBoolean());
        assertEquals("p:1 2 9", found.path("next").asText() + " " + found.path("unread") + " " + found.path("searched"));
        server.json("/search?name=x&saveSet=srv&below=%2Fcaf%25E9&type=file&smallest=1&largest=9&from=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z&after=p:1");
        assertEquals(new Snapshots.Wanted("x", false, null, new Snapshots.Bounds(new SaveSetName("srv"), RawPath.fromPercent("/caf%E9"), "file", 1, 9,
                Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z")), "p:1"), server.fake.wanted);
        for (String bad : List.of("", "?name=", "?name=x&from=noon", "?name=x&smallest=few", "?name=x&type=door", "?name=x&below=%25", "?name=x&saveSet=%2F")) {
            assertEquals(400, server.get("/search" + bad).statusCode(), bad);
        }
    }
}
