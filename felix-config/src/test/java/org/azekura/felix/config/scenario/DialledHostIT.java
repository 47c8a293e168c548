package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The other direction. A client that may dial nobody is dialled by its server, and by the node of each job; a node that may not, by its server and
 * its clients. Only the two of them together can't be.
 */
@ExtendWith(OnHosts.class)
class DialledHostIT {

    private static final Duration MOVES = Duration.ofSeconds(90);
    private static final Duration ENDS = Duration.ofSeconds(240);
    private static final int OWN = 8445;
    /** Who passes connections on to the node does so at another port than its own. */
    private static final int SEEN = 8446;

    private static Site site;
    private static Island clientIsland;
    private static Azekura client;
    private static Island nodeIsland;
    private static Azekura node;
    private static TcpProxy toNode;

    @BeforeAll
    static void begin(Site shared) throws Exception {
        site = shared;
        site.node("n1");
        clientIsland = site.network().island("silent");
        client = joined(clientIsland, "client", Site.TRANSPORT);
        clientIsland.from(Site.TRANSPORT);
        nodeIsland = site.network().island("mute");
        node = joined(nodeIsland, "node", OWN);
        toNode = nodeIsland.from(SEEN, OWN);
        dialled("silent", "client", Site.TRANSPORT);
        dialled("mute", "node", SEEN);
    }

    /** There is a way out for the joining alone. */
    private static Azekura joined(Island island, String role, int port) throws IOException {
        String name = island.host().name();
        Azekura host = Azekura.on(island.host(), site.workspace().path(name), 0, "--role", role, "--await-server", "--transport-port", Integer.toString(port));
        try (TcpProxy once = island.to(site.serverHost(), Site.CONSOLE)) {
            host.call("join", "https://" + once.address().getHostString() + ":" + Site.CONSOLE, site.enrol(name, role), "--role", role, "--no-start").exits(0);
        }
        return host.up();
    }

    private static void dialled(String name, String role, int port) {
        site.server().call("client", "address", name, Network.SWITCH + ":" + port, "--role", role).exits(0);
        site.awaitConnected(name);
    }

    @AfterAll
    static void end() throws IOException {
        for (Azekura host : new Azekura[] {client, node}) {
            if (host != null) {
                host.close();
            }
        }
        for (Island island : new Island[] {clientIsland, nodeIsland}) {
            if (island != null) {
                island.close();
            }
        }
    }

    @Test
    void aClientThatMayDialNobodyIsServedAllTheSame() throws Exception {
        site.pool("dialled", "n1");
        Path source = site.workspace().path("dialled");
        Tree.bulk(source, 100, 20_000_000, 8);
        site.comesBack(site.backup("silent", "dialled", source).get("snapshot").asText(), source, "back-dialled");
    }

    @Test
    void aNodeThatMayDialNobodyIsServedAllTheSameAndFoundAgainAfterEveryRestart() throws Exception {
        site.client("web1");
        site.pool("mute", "mute");
        Path source = site.workspace().path("mute-source");
        Tree.bulk(source, 60, 24_000_000, 9);
        toNode.rate(6_000_000);
        long begin = toNode.bytes(Direction.FORWARD);
        String[] backup = {"backup", "--client", "web1", "--pool", "mute", "--park-wait", "200", source.toString()};
        Process running = site.server().begin(backup);
        assertTrue(toNode.awaitBytes(Direction.FORWARD, begin + 3_000_000, MOVES), "the backup does not move");
        site.server().kill();
        site.server().up();
        toNode.rate(0);
        Run.await(running, ENDS, List.of(backup)).exits(0);
        node.down();
        node.up();
        site.awaitConnected("mute");
        String snapshot = site.server().json(0, "snapshot", "list", "--client", "web1").valueStream().toList().getLast().get("id").asText();
        site.comesBack(snapshot, source, "back-mute");
        site.awaitConnected("n1");
    }

    @Test
    void twoThatMayNotDialEachOtherAreNamed() throws Exception {
        site.pool("apart", "mute");
        nodeIsland.to(Network.SWITCH, Site.TRANSPORT).refuse();
        Path source = site.workspace().path("apart");
        Tree.bulk(source, 3, 10_000, 1);
        Run run = site.server().call("backup", "--client", "silent", "--pool", "apart", "--park-wait", "0", source.toString()).exits(1);
        assertTrue(run.oneErrorLine().contains("client silent may not dial, and storage node mute can't dial it: "), run::toString);
        site.server().call("job", "cancel", Parked.job(run)).exits(0);
    }
}
