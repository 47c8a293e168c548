package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.azekura.testkit.net.TcpProxy;
import org.azekura.testkit.postgresql.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers with one catalog: the first is killed in the midst of jobs, the second goes on with them. Hosts find whichever leads by an address that moves. */
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
            PostgresIT.choose(first.home, database);
            server(first).exits(0);
            join(first, far, "node");
            first.call("pool", "create", "far", "--driver", "disk", "--set", "path=" + workspace.path("disk"), "--node", "n1").exits(0);
            join(first, far, "client");
            TcpProxy address = findBy(far, at(first));
            Path source = workspace.directory("source");
            Tree.bulk(source, 400, 40_000_000, 3);

            Path file = workspace.path("twin.azt");
            first.call("server", "twin", "--to", file.toString()).exits(0);
            second.call("server", "twin", "--from", file.toString()).exits(0);
            server(second).exits(0);
            assertStandsBy(first, second);

            for (int i = 0; i < BACKUPS; i++) {
                first.begin("backup", "--client", "n1", "--pool", "far", "--name", "set" + i, source.toString());
            }
            for (long end = System.nanoTime() + LIMIT.toNanos(); first.json(0, "job", "list").size() < BACKUPS;) {
                assertTrue(System.nanoTime() < end, "the backups do not begin");
                LockSupport.parkNanos(50_000_000);
            }
            first.kill();
            address.target(at(second));
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
            server(first).exits(0);
            assertStandsBy(second, first);
            assertEquals(second.json(0, "snapshot", "list"), first.json(0, "snapshot", "list"));
            address.close();
        } finally {
            database.close();
        }
    }

    private static Azekura host(Workspace workspace, String name) {
        return new Azekura(workspace.path(name), List.of(), Map.of("LC_ALL", "C.UTF-8", "AZEKURA_PASSPHRASE", PASSPHRASE));
    }

    private static Run server(Azekura host) {
        return host.call("up", "--detach", "--role", "server", "--port", "0", "--transport-port", "0");
    }

    private static void join(Azekura server, Azekura host, String role) throws Exception {
        String code = server.json(0, "client", "enrol", "--name", "n1", "--role", role).get("code").asText();
        host.call("join", Files.readString(server.home.resolve("run/url")).strip(), code, "--role", role, "--host", "127.0.0.1", "--transport-port", "0").exits(0);
    }

    /** Where other hosts find a server. */
    private static InetSocketAddress at(Azekura server) throws Exception {
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(Files.readString(server.home.resolve("config/transport.port")).strip()));
    }

    /** Has a host find its server by an address that can be moved to another. */
    private static TcpProxy findBy(Azekura host, InetSocketAddress server) throws Exception {
        TcpProxy address = TcpProxy.to(server);
        host.down();
        Path known = host.home.resolve("identity/server");
        Files.writeString(known, Files.readString(known).replace(":" + server.getPort() + "/", ":" + address.address().getPort() + "/"));
        host.call("up", "--detach", "--host", "127.0.0.1", "--transport-port", "0").exits(0);
        return address;
    }

    /** Its services come a moment after the lead itself: until then it says that it stands by, or does not answer. */
    private static boolean leads(Azekura server) {
        String status = server.call("status", "--json").toString();
        return status.contains("\"roles\"") && !status.contains("stands by");
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
    }
}
