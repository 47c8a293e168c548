package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.azekura.packages.DriverManifest;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.Test;

/** An appliance whose catalog a PostgreSQL server has: that is killed and started again, and the store's own bundle changed, while all goes on. */
class PostgresIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String STORE = "org.azekura.catalog.postgresql";

    @Test
    void anApplianceOutlivesTheServerThatHasItsCatalog() throws Exception {
        PostgresServer.assumeInstalled();
        PostgresServer server = new PostgresServer();
        try (var workspace = new Workspace(PostgresIT.class)) {
            Path home = workspace.path("home");
            choose(home, server);
            Path source = workspace.directory("source");
            Tree.bulk(source, 200, 4_000_000, 1);
            try (var azekura = Azekura.up(home)) {
                assertTrue(azekura.json(0, "status").get("catalog").asText().startsWith("PostgreSQL at 127.0.0.1:" + server.port() + "/"));
                assertFalse(Files.exists(home.resolve("catalog/azekura.db")), "there is a catalog in the home, too");
                String snapshot = azekura.json(0, "backup", source.toString()).get("snapshot").asText();
                assertOutlivesAKill(azekura, server, workspace, snapshot);
                assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
                assertStoreGivesWay(workspace, azekura);
                assertIsMovedOnlyWhereNothingIs(workspace, azekura);
                assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("again"))));
            }
        } finally {
            server.close();
        }
    }

    /** Has the catalog of a home be in a database of its own there. */
    static void choose(Path home, PostgresServer server) throws Exception {
        JsonNode settings = JsonNodeFactory.instance.objectNode().put("host", "127.0.0.1").put("port:Integer", server.port()).put("database", server.newDatabase(""))
                .put("user", PostgresServer.USER).put("passwordFile", server.passwordFile().toString());
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc/catalog.json"), JsonNodeFactory.instance.objectNode().set(STORE, settings).toString());
    }

    /** Whatever they were at when the server went. */
    private static void assertOutlivesAKill(Azekura azekura, PostgresServer server, Workspace workspace, String snapshot) throws Exception {
        TwentyJobs jobs = TwentyJobs.begin(azekura, workspace.directory("twenty"), "default", snapshot);
        jobs.awaitMiddle();
        server.stop("immediate");
        server.start();
        jobs.hurry();
        jobs.assertAllEndWell(workspace.path("source"));
        jobs.assertAllIsKnown("default", () -> Azekura.files(azekura.home.resolve("pools/default/packs")).size());
    }

    private static void assertIsMovedOnlyWhereNothingIs(Workspace workspace, Azekura azekura) throws Exception {
        Path file = workspace.path("catalog.azc");
        long bytes = azekura.json(0, "catalog", "export", file.toString()).get("bytes").asLong();
        assertEquals(bytes, Files.size(file));
        String taken = azekura.call("catalog", "import", file.toString()).exits(1).toString();
        assertTrue(taken.contains("only where nothing was saved yet"), taken);
    }

    private static void assertStoreGivesWay(Workspace workspace, Azekura azekura) throws Exception {
        var signer = new DiskVersions(workspace.directory("versions"));
        var versions = new HouseVersions(workspace.path("versions"), signer, "catalog-postgresql", DriverManifest.Kind.CATALOG);
        azekura.call("driver", "trust", "add", signer.certificate.toString()).exits(0);
        JsonNode before = azekura.json(0, "snapshot", "list");
        Process update = azekura.begin("driver", "update", versions.good("7.0.0").toString());
        while (update.isAlive()) {
            assertEquals(before, azekura.json(0, "snapshot", "list"));
            Thread.sleep(100);
        }
        Run.await(update, LIMIT, List.of("driver", "update")).exits(0);
        azekura.call("driver", "update", versions.broken("7.1.0").toString()).exits(1);
        assertEquals(before, azekura.json(0, "snapshot", "list"));
        // the other store has nothing to do with this catalog; a new version of it is as good as it starts
        azekura.call("driver", "update", new HouseVersions(workspace.path("versions"), signer, "catalog-sqlite", DriverManifest.Kind.CATALOG).good("7.0.0").toString()).exits(0);
        List<String> versionsNow = azekura.json(0, "driver", "list").valueStream().filter(row -> row.get("name").asText().startsWith("catalog-"))
                .map(row -> row.get("name").asText() + " " + row.get("version").asText() + " " + row.get("state").asText()).toList();
        assertEquals(List.of("catalog-postgresql 7.0.0 active", "catalog-sqlite 7.0.0 active"), versionsNow);
        assertEquals(before, azekura.json(0, "snapshot", "list"));
    }
}
