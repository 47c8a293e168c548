package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scenario 15, each way between client, node and server in turn; the client and the node are islands, see {@link Island}. */
class BadNetworkIT {

    private static final long DATA = 40_000_000;
    /** What comes beside the data: hashes, greetings, what was on its way when a link broke. */
    private static final long SENT_AGAIN = 16 << 20;
    private static final Duration MOVES = Duration.ofSeconds(60);
    private static final Duration ENDS = Duration.ofSeconds(150);

    private static Site site;
    private static Island client;
    private static Island node;
    private static TcpProxy data;

    @BeforeAll
    static void start() throws Exception {
        Network.assumeAllowed();
        site = new Site(new Workspace(BadNetworkIT.class), new Network());
        node = site.island("n1", "node");
        client = site.island("far", "client");
        // the server knows the node by where it comes from: the switch; there is its way in
        data = client.to(Network.SWITCH, Site.TRANSPORT);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    /** Between whom the trouble is. */
    private enum Way {
        CLIENT_NODE, CLIENT_SERVER, NODE_SERVER;

        TcpProxy proxy() {
            return switch (this) {
                case CLIENT_NODE -> data;
                case CLIENT_SERVER -> client.to(site.serverHost(), Site.TRANSPORT);
                case NODE_SERVER -> node.to(site.serverHost(), Site.TRANSPORT);
            };
        }
    }

    private record Case(Way way, Trouble trouble) {}

    private static List<Case> cases(Random random, Trouble... troubles) {
        List<Case> cases = new ArrayList<>();
        for (Way way : Way.values()) {
            for (Trouble trouble : troubles) {
                cases.add(new Case(way, trouble));
            }
        }
        Collections.shuffle(cases, random);
        return cases;
    }

    /** Nobody can dial the client: whoever is behind a NAT or a firewall has no less. */
    @Test
    void aClientThatNobodyReachesIsServedAllTheSame() throws Exception {
        Path source = site.workspace().path("nat");
        Tree.make(source, 7);
        site.pool("nat", "n1");
        site.comesBack(site.backup("far", "nat", source).get("snapshot").asText(), source, "back-nat");
    }

    /** Both behind a NAT, and nothing leads in: the one thing that can't be. */
    @Test
    void aClientAndANodeThatDoNotReachEachOtherAreNamedAndGoOnWhenTheyDo() throws Exception {
        Path source = site.workspace().path("apart");
        Tree.bulk(source, 3, 10_000, 1);
        site.pool("apart", "n1");
        data.refuse();
        try {
            Run run = site.server().call("backup", "--client", "far", "--pool", "apart", "--park-wait", "0", source.toString()).exits(1);
            assertTrue(run.oneErrorLine().contains("client far can't reach storage node n1: "), run::toString);
            data.admit();
            site.server().call("job", "watch", Parked.job(run)).exits(0);
        } finally {
            data.admit();
        }
    }

    /** Each way once, with one trouble each time. */
    @Test
    void jobsOutliveTroubleOnEachWay() throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        List<Case> cases = cases(random, Trouble.CUT, Trouble.RESET, Trouble.STALL);
        for (Way way : Way.values()) {
            Case one = cases.stream().filter(each -> each.way == way).findFirst().orElseThrow();
            backupAndRestore("seed " + seed, random, List.of(one));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void jobsOutliveEveryTroubleOnEveryWay() throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        for (Case each : cases(random, Trouble.values())) {
            backupAndRestore("seed " + seed, random, List.of(each));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void jobsOutliveMuchTroubleTogether() throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        List<Case> many = cases(random, Trouble.CUT, Trouble.RESET, Trouble.STALL);
        backupAndRestore("seed " + seed, random, many);
    }

    private static void backupAndRestore(String seed, Random random, List<Case> troubles) throws Exception {
        String what = seed + " " + troubles;
        String name = "bad" + random.nextInt(1 << 30);
        Path source = site.workspace().path(name);
        Tree.bulk(source, 60, DATA, random.nextLong());
        site.pool(name, "n1");
        long before = data.bytes(Direction.FORWARD);
        Run backup = under(troubles, random, Direction.FORWARD, "backup", "--client", "far", "--pool", name, source.toString());
        assertEquals(0, backup.exit(), () -> what + "\n" + backup);
        long sent = data.bytes(Direction.FORWARD) - before;
        assertTrue(sent <= DATA + SENT_AGAIN * troubles.size(), what + ": " + sent + " bytes sent for " + DATA);
        JsonNode snapshots = site.server().json(0, "snapshot", "list", "--client", "far");
        String snapshot = snapshots.get(snapshots.size() - 1).get("id").asText();
        Path target = site.workspace().path("back-" + name);
        Run restore = under(troubles, random, Direction.BACK, "restore", snapshot, "--to", target.toString());
        assertEquals(0, restore.exit(), () -> what + "\n" + restore);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(target, source)), what);
        site.server().json(0, "verify", "--pool", name);
        Run.of(ENDS, "rm", "-rf", source.toString(), target.toString());
        System.out.printf("%s: backup sent %.1f MB for %.1f MB; restored%n", what, sent / 1e6, DATA / 1e6);
    }

    /** Runs a command; when a random share of its data has passed, trouble begins, one after the other. At least half of the data pass: the rest may be compressed. */
    private static Run under(List<Case> troubles, Random random, Direction direction, String... command) throws Exception {
        long begin = data.bytes(direction);
        Process running = site.server().begin(command);
        long[] at = random.longs(troubles.size(), DATA / 20, DATA / 3).sorted().toArray();
        for (int i = 0; i < at.length; i++) {
            assertTrue(data.awaitBytes(direction, begin + at[i], MOVES), () -> "nothing moves: " + String.join(" ", command));
            troubles.get(i).trouble.to(troubles.get(i).way.proxy());
        }
        return Run.await(running, ENDS, List.of(command));
    }
}
