package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.Link;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who has no valid certificate of this appliance's authority gets nothing, is named in the log, and harms nobody. */
@ExtendWith(OnHosts.class)
class StrangersIT {

    private static final byte[] NOTHING = new byte[0];
    /** An alert that TLS sends in clear, or none. */
    private static final int ALERT_BYTES = 7;
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    /** The doors that other hosts may knock at. */
    private static Map<String, Site.Member> doors(Site site) {
        Map<String, Site.Member> doors = new LinkedHashMap<>();
        doors.put("server", new Site.Member("server", site.serverHost(), site.server()));
        doors.put("node", site.node("n1"));
        return doors;
    }

    private static String log(Azekura azekura) throws Exception {
        return Files.readString(azekura.home.resolve("log/azekura.log"));
    }

    @Test
    void whoSpeaksNoTlsLearnsNothing(Site site) throws Exception {
        Stranger stranger = new Stranger(site.client("web1").host());
        for (Site.Member door : doors(site).values()) {
            long process = door.azekura().process().pid();
            for (String said : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\0\0\0\0\0\0\0\0", "SSH-2.0-x\r\n", "\u0016\u0003\u0001\u00ff\u00ff".repeat(1000))) {
                byte[] answer = stranger.says(door.host().address(), Site.TRANSPORT, said);
                assertTrue(answer.length <= ALERT_BYTES, () -> door.name() + " said " + new String(answer, StandardCharsets.ISO_8859_1) + " to " + said);
            }
            assertTrue(log(door.azekura()).contains("refused " + stranger.host().address()), () -> door.name() + " logged nothing");
            assertEquals(process, door.azekura().process().pid());
        }
    }

    @Test
    void onlyAValidCertificateOfTheAuthorityIsLetIn(Site site) throws Exception {
        Stranger stranger = new Stranger(site.client("web1").host());
        Papers valid = Papers.stolen(site.client("web1").azekura().home);
        Papers authority = Papers.authority(site.server().home);
        Map<String, Papers> refused = new LinkedHashMap<>();
        refused.put("no certificate", null);
        refused.put("a foreign authority", Papers.foreignAuthority(authority).issue(-1, 100, "client/web1", "node/n1", "server/server"));
        refused.put("an expired certificate", authority.issue(-100, -1, "client/web1"));
        refused.put("a certificate of tomorrow", authority.issue(2, 100, "client/web1"));
        refused.put("a certificate of a client's making", new Papers(valid.key(), valid.certificate(), valid.signer()).issue(-1, 100, "server/server"));
        for (Site.Member door : doors(site).values()) {
            String address = door.host().address();
            assertEquals("let in", stranger.dials(address, Site.TRANSPORT, valid, "TLSv1.3", NOTHING), () -> "this test proves nothing at " + door.name());
            for (Map.Entry<String, Papers> papers : refused.entrySet()) {
                assertEquals("", stranger.dials(address, Site.TRANSPORT, papers.getValue(), "TLSv1.3", NOTHING), () -> papers.getKey() + " at " + door.name());
            }
            assertEquals("", stranger.dials(address, Site.TRANSPORT, valid, "TLSv1.2", NOTHING), () -> "an old TLS at " + door.name());
            String log = log(door.azekura());
            assertTrue(log.contains("refused " + stranger.host().address()), log);
            assertFalse(log.contains("PRIVATE KEY"));
        }
    }

    @Test
    void garbageBehindAValidCertificateEndsOnlyItsOwnConnection(Site site) throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        Stranger stranger = new Stranger(site.client("web1").host());
        Papers valid = Papers.stolen(site.client("web1").azekura().home);
        for (Site.Member door : doors(site).values()) {
            long process = door.azekura().process().pid();
            for (int i = 0; i < 20; i++) {
                byte[] garbage = new byte[1 + random.nextInt(200_000)];
                random.nextBytes(garbage);
                // a length that it could have
                garbage[0] = i % 2 == 0 ? 0 : garbage[0];
                String answer = stranger.dials(door.host().address(), Site.TRANSPORT, valid, "TLSv1.3", garbage);
                assertTrue(answer.length() < 600, () -> "seed " + seed + ": " + answer);
            }
            assertEquals(process, door.azekura().process().pid(), "seed " + seed);
        }
        Path source = site.workspace().path("after garbage");
        Tree.bulk(source, 10, 100_000, 1);
        site.pool("garbage", "n1");
        site.comesBack(site.backup("web1", "garbage", source).get("snapshot").asText(), source, "back-garbage");
    }

    @Test
    void aRevokedClientIsCutAtOnceAndCanDoNothingAnyMore(Site site) throws Exception {
        Site.Member node = site.node("n1");
        try (Island island = site.island("stolen", "client")) {
            TcpProxy data = island.to(node.host(), Site.TRANSPORT);
            site.pool("revoked", "n1");
            Path source = site.workspace().path("revoked");
            Tree.bulk(source, 50, 20_000_000, 3);
            Papers papers = Papers.stolen(site.member("stolen").azekura().home);
            data.rate(1_000_000);
            String[] backup = {"backup", "--client", "stolen", "--pool", "revoked", source.toString()};
            Process running = site.server().begin(backup);
            assertTrue(data.awaitBytes(Direction.FORWARD, 2_000_000, Duration.ofSeconds(60)), "the backup does not move");
            List<Link> links = data.links();
            assertFalse(links.isEmpty());

            long begin = System.nanoTime();
            site.server().call("client", "revoke", "stolen").exits(0);
            for (Link link : links) {
                assertTrue(link.awaitEnd(AT_ONCE), "a connection of the revoked client is open");
            }
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            Run ended = Run.await(running, Duration.ofSeconds(60), List.of(backup)).exits(1);
            System.out.println("revoked: connections cut " + took + " ms after the command began, job ended: " + ended.err().strip());
            assertTrue(ended.oneErrorLine().contains("stolen was revoked"), ended::toString);

            Stranger thief = new Stranger(site.client("web1").host());
            for (Site.Member door : doors(site).values()) {
                assertEquals("", thief.dials(door.host().address(), Site.TRANSPORT, papers, "TLSv1.3", NOTHING), () -> "let in at " + door.name());
            }
            data.rate(0);
            String line = site.server().call(backup).exits(4).oneErrorLine();
            assertTrue(line.contains("stolen"), line);
        }
    }
}
