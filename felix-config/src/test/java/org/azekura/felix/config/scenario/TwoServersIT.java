package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers with one catalog: the first is killed in the midst of jobs, the second goes on with them. Its address moves with the lead, as a floating one does. */
@Timeout(900)
class TwoServersIT {

    private static final Duration TAKES_OVER = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int BACKUPS = 4;
    private static final String PASSPHRASE = "a passphrase of the test";

    @Test
    void theSecondGoesOnWithWhatTheFirstHadUnderWay() throws Exception {
        PostgresServer.assumeInstalled();
        PostgresServer database = new PostgresServer();
        try (var workspace = new Workspace(TwoServersIT.class); var first = host(workspace, "first"); var second = host(workspace, "second"); var far = host(workspace, "far")) {
            String port = free();
            PostgresIT.choose(first.home, database);
            server(first, port).exits(0);
            join(first, far, "node", "n1", "--host", "127.0.0.1", "--transport-port", "0");
            first.call("pool", "create", "far", "--driver", "disk", "--set", "path=" + workspace.path("disk"), "--node", "n1").exits(0);
            join(first, far, "client", "n1", "--host", "127.0.0.1", "--transport-port", "0");
            Path source = workspace.directory("source");
            Tree.bulk(source, 400, 40_000_000, 3);

            Path file = workspace.path("twin.azt");
            first.call("server", "twin", "--to", file.toString()).exits(0);
            second.call("server", "twin", "--from", file.toString()).exits(0);
            server(second, port).exits(0);
            assertStandsBy(first, second);

            for (int i = 0; i < BACKUPS; i++) {
                first.begin("backup", "--client", "n1", "--pool", "far", "--name", "set" + i, source.toString());
            }
            while (first.json(0, "job", "list", "--running").size() < BACKUPS) {
                LockSupport.parkNanos(50_000_000);
            }
            first.kill();
            long killed = System.nanoTime();
            while (!leads(second)) {
                assertTrue(System.nanoTime() - killed < TAKES_OVER.toNanos() * 3, "nobody has taken over");
                LockSupport.parkNanos(200_000_000);
            }
            System.out.println("taken over after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed) + " ms");
            for (JsonNode job : second.json(0, "job", "list")) {
                Run.await(second.begin("job", "watch", job.get("id").asText()), LIMIT, List.of("job", "watch"));
            }
            assertEndedWell(workspace, second, source);

            // it comes back and stands by
            server(first, port).exits(0);
            assertStandsBy(second, first);
            assertEquals(second.json(0, "snapshot", "list"), first.json(0, "snapshot", "list"));
        } finally {
            database.close();
        }
    }

    private static Azekura host(Workspace workspace, String name) {
        return new Azekura(workspace.path(name), List.of(), Map.of("LC_ALL", "C.UTF-8", "AZEKURA_PASSPHRASE", PASSPHRASE));
    }

    private static String free() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static Run server(Azekura host, String transportPort) {
        return host.call("up", "--detach", "--role", "server", "--port", "0", "--transport-port", transportPort);
    }

    private static void join(Azekura server, Azekura host, String role, String name, String... options) throws Exception {
        String code = server.json(0, "client", "enrol", "--name", name, "--role", role).get("code").asText();
        String[] command = new String[options.length + 5];
        System.arraycopy(new String[] {"join", Files.readString(server.home.resolve("run/url")).strip(), code, "--role", role}, 0, command, 0, 5);
        System.arraycopy(options, 0, command, 5, options.length);
        host.call(command).exits(0);
    }

    private static boolean leads(Azekura server) {
        Run status = server.call("status", "--json");
        return status.toString().contains("\"state\":\"leads\",\"here\":true") && !server.call("pool", "list", "--json").toString().contains("server.standby");
    }

    private static void assertStandsBy(Azekura leader, Azekura other) throws Exception {
        JsonNode servers = other.json(0, "status").get("servers");
        assertEquals(List.of("leads", "standby"), servers.valueStream().map(row -> row.get("state").asText()).toList(), servers::toString);
        assertEquals(Files.readString(leader.home.resolve("run/url")).strip(), servers.get(0).get("url").asText());
        assertTrue(servers.get(1).get("here").asBoolean());
        assertEquals(leader.json(0, "pool", "list").size(), other.json(0, "pool", "list").size(), "it reads");
        String refused = other.call("prune").toString();
        assertTrue(refused.contains("stands by") && refused.contains(servers.get(0).get("url").asText()), refused);
    }

    private static void assertEndedWell(Workspace workspace, Azekura server, Path source) throws Exception {
        for (JsonNode job : server.json(0, "job", "list")) {
            assertEquals("done", job.get("state").asText(), job::toString);
        }
        JsonNode snapshots = server.json(0, "snapshot", "list");
        assertEquals(BACKUPS, snapshots.size(), snapshots::toString);
        server.json(0, "verify");
        assertEquals(List.of(), Tree.diff(source, server.restore(snapshots.get(0).get("id").asText(), source, workspace.path("restored"))));
        server.json(0, "prune");
        server.json(0, "verify");
        assertEquals(0, server.json(0, "prune", "--dry-run").path("freed").asLong(), JsonNodeFactory.instance.textNode("nothing is left over")::toString);
    }
}
