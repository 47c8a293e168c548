package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers with one catalog and one place for tree pages: both carry out jobs. Whichever is killed in the midst of them, the other goes on with its. */
@Timeout(900)
class TwoServersIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C.UTF-8", "AZEKURA_PASSPHRASE", "a passphrase of the test");

    @Test
    void theSecondGoesOnWithWhatTheFirstHadUnderWay() throws Exception {
        PostgresServer.assumeInstalled();
        assumeTrue(Tree.ROOT, "only root can give a program another host name");
        PostgresServer database = new PostgresServer();
        try (var workspace = new Workspace(TwoServersIT.class); var first = server(workspace, "first"); var second = server(workspace, "second");
                var far = new Azekura(workspace.path("far"), List.of(), ENVIRONMENT)) {
            PostgresIT.choose(first.home, database);
            start(first);
            join(first, first, far, "node");
            up(first, far, 1);
            Path disk = workspace.path("disk");
            first.call("pool", "create", "far", "--driver", "disk", "--set", "path=" + disk, "--node", "n1").exits(0);

            Path twin = workspace.path("twin.azt");
            first.call("server", "twin", "--to", twin.toString()).exits(0);
            second.call("server", "twin", "--from", twin.toString()).exits(0);
            start(second);
            assertStandsBy(first, second);
            far.down();
            join(first, second, far, "client");
            up(first, far, 2);
            Path little = workspace.directory("little");
            Files.writeString(little.resolve("file"), "ordered at the second");
            assertIsOfFullUse(second, first, little);
            Path source = workspace.directory("source");
            Tree.bulk(source, 100, 4_000_000, 3);
            String snapshot = first.backup(source, "--client", "n1", "--pool", "far");

            SharedJobs shared = new SharedJobs(first, workspace.directory("shared"), "n1", "far");
            String elsewhere = shared.awaitOneAt("second");
            String port = port(second);
            second.kill();
            shared.assertAllEndWell(elsewhere);
            start(second, port);
            assertStandsBy(first, second);
            shared.awaitRestoreAt("second", snapshot);

            TwentyJobs jobs = TwentyJobs.begin(first, workspace.directory("twenty"), "far", snapshot);
            jobs.awaitMiddle();
            first.kill();
            awaitLead(second);
            jobs.goOnWith(second);
            jobs.hurry();
            jobs.assertAllEndWell(source);
            shared.assertAllRestored(second, source);
            jobs.assertAllIsKnown("far", () -> Azekura.files(disk.resolve("packs")).size());

            // it comes back and stands by
            start(first);
            assertStandsBy(second, first);
            assertEquals(second.json(0, "snapshot", "list"), first.json(0, "snapshot", "list"));
        } finally {
            database.close();
        }
    }

    /** Its tree pages lie where both reach them; the second carries out jobs of the first. Not started. */
    private static Azekura server(Workspace workspace, String name) throws IOException {
        Azekura server = Azekura.named(name, workspace.path(name), ENVIRONMENT);
        ObjectNode trees = JsonNodeFactory.instance.objectNode();
        trees.putObject("org.azekura.server").put("treesDevice", "cellar");
        trees.putObject("org.azekura.driver.disk~cellar").put("path", workspace.path("cellar").toString());
        Files.createDirectories(server.home.resolve("etc"));
        Files.writeString(server.home.resolve("etc/trees.json"), trees.toString());
        return server;
    }

    private static void start(Azekura server) {
        start(server, "0");
    }

    /** At the same port hosts find it at once. */
    private static void start(Azekura server, String port) {
        server.call("up", "--detach", "--role", "server,node", "--port", "0", "--transport-port", port).exits(0);
    }

    /** A node is told of the second server by the first; a client is given both. */
    private static void join(Azekura server, Azekura other, Azekura host, String role) throws Exception {
        String code = server.json(0, "client", "enrol", "--name", "n1", "--role", role).get("code").asText();
        host.call("join", url(server), code, "--role", role, "--no-start", "--server", role.equals("node") ? at(server) : at(server) + "," + at(other)).exits(0);
    }

    private static void up(Azekura server, Azekura host, int roles) {
        host.call("up", "--detach", "--host", "127.0.0.1", "--transport-port", "0").exits(0);
        for (long end = System.nanoTime() + LIMIT.toNanos(); server.json(0, "client", "list").valueStream().filter(TwoServersIT::isHere).count() < roles;) {
            assertTrue(System.nanoTime() < end, "the host does not come");
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static String at(Azekura server) throws IOException {
        return "127.0.0.1:" + port(server);
    }

    private static String port(Azekura server) throws IOException {
        return Files.readString(server.home.resolve("config/transport.port")).strip();
    }

    private static boolean isHere(JsonNode row) {
        return row.get("name").asText().equals("n1") && row.get("connected").asBoolean();
    }

    private static String url(Azekura server) throws IOException {
        return Files.readString(server.home.resolve("run/url")).strip();
    }

    /** What hosts tell is answered by who leads alone, as soon as all its services are there, and nobody else can be asked. */
    private static void awaitLead(Azekura server) {
        for (long killed = System.nanoTime(); server.call("device", "list").exit() != 0;) {
            assertTrue(System.nanoTime() - killed < LIMIT.toNanos(), "nobody has taken over");
            LockSupport.parkNanos(200_000_000);
        }
        List<String> servers = words(server.json(0, "status").get("servers"));
        assertTrue(servers.contains("leads here"), servers::toString);
    }

    private static void assertStandsBy(Azekura leader, Azekura other) throws Exception {
        JsonNode servers = awaitServers(other, List.of("leads", "standby here"));
        assertEquals(url(leader), servers.get(0).get("url").asText());
        assertEquals(leader.json(0, "pool", "list").size(), other.json(0, "pool", "list").size(), "it reads");
    }

    /** Each of them beats once in some seconds, and rows follow. */
    private static JsonNode awaitServers(Azekura asked, List<String> wanted) {
        long begun = System.nanoTime();
        JsonNode servers = asked.json(0, "status").get("servers");
        while (!words(servers).equals(wanted)) {
            assertTrue(System.nanoTime() - begun < LIMIT.toNanos(), servers::toString);
            LockSupport.parkNanos(200_000_000);
            servers = asked.json(0, "status").get("servers");
        }
        return servers;
    }

    private static List<String> words(JsonNode servers) {
        return servers.valueStream().map(row -> row.get("state").asText() + (row.get("here").asBoolean() ? " here" : "")).toList();
    }

    /** What is ordered at the second is done by the first, though neither knows the token of the other's home. No backup was made before. */
    private static void assertIsOfFullUse(Azekura second, Azekura first, Path source) {
        String snapshot = second.backup(source, "--client", "n1", "--pool", "far");
        second.call("pool", "set", "far", "--live-percent", "40").exits(0);
        for (Azekura server : List.of(first, second)) {
            assertEquals(List.of(snapshot), server.json(0, "snapshot", "list").valueStream().map(row -> row.get("id").asText()).toList());
            assertTrue(server.json(0, "job", "list").valueStream().anyMatch(row -> row.get("kind").asText().equals("backup") && row.get("state").asText().equals("done")));
            assertEquals(40, server.json(0, "pool", "show", "far").get("livePercent").asInt());
        }
    }
}
