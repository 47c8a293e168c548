package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.TcpProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scenario 13 across hosts: client, node, server killed in turn during backup, restore and drill; each starts again, and the job goes on by itself. */
class KilledHostIT {

    /** No host is killed behind the first checkpoint but in the slow stage: half as much has the same cut off, and is sealed, sent and compared in half the time. */
    private static final long DATA = Boolean.getBoolean("azekura.slow") ? 100_000_000 : 50_000_000;
    /** What a job that is cut off may send again. */
    private static final long CHECKPOINT = 64 << 20;
    /** Questions, and what is on its way when a host is killed. */
    private static final long BESIDE = 8 << 20;
    private static final Duration MOVES = Duration.ofSeconds(90);
    private static final Duration ENDS = Duration.ofSeconds(240);

    private static Site site;
    private static TcpProxy data;

    @BeforeAll
    static void start() throws Exception {
        Network.assumeAllowed();
        site = new Site(new Workspace(KilledHostIT.class), new Network());
        site.node("n1");
        // an island, so that the test counts what is sent and knows where in a job it is
        data = site.island("web1", "client").to(site.node("n1").host(), Site.TRANSPORT);
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private static Azekura azekura(String name) {
        return name.equals("server") ? site.server() : site.member(name).azekura();
    }

    @Test
    void aBackupGoesOnWhenItsNodeWasKilled() throws Exception {
        backup("n1");
    }

    @Test
    void aBackupGoesOnWhenItsClientWasKilled() throws Exception {
        backup("web1");
    }

    @Test
    void aBackupGoesOnWhenTheServerWasKilled() throws Exception {
        backup("server");
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void aBackupGoesOnWhenAllWereKilledInTurn() throws Exception {
        backup("web1", "n1", "server");
    }

    @Test
    void aRestoreGoesOnWhenItsClientWasKilled() throws Exception {
        restore("web1");
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void aRestoreGoesOnWhenItsNodeWasKilled() throws Exception {
        restore("n1");
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void aRestoreGoesOnWhenTheServerWasKilled() throws Exception {
        restore("server");
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void aDrillBeginsAgainWhenItsClientOrItsNodeWasKilled() throws Exception {
        long seed = Seeds.start();
        Random random = Seeds.random(seed);
        Path source = site.workspace().path("rehearsed");
        Tree.bulk(source, 100, DATA, seed);
        site.pool("rehearsed", "n1");
        site.backup("web1", "rehearsed", source);
        String snapshot = snapshot();
        for (String killed : List.of("web1", "n1")) {
            String what = "seed " + seed + ", killed " + killed;
            int proofs = proofs().size();
            data.rate(25_000_000);
            long before = data.bytes(Direction.BACK);
            Process running = site.server().begin("drill", "run", snapshot, "--whole", "--park-wait", "240");
            assertTrue(data.awaitBytes(Direction.BACK, before + DATA / 10 + random.nextLong(DATA / 2), MOVES), () -> what + ": nothing moves");
            azekura(killed).kill();
            assertEquals(proofs, proofs().size(), () -> what + ": nothing is proven or disproven by that");
            azekura(killed).up();
            data.rate(0);
            Run.await(running, ENDS, List.of("drill", "run")).exits(0);
            JsonNode proof = proofs().get(0);
            assertEquals(last("drill").get("id").asText() + " proven 100 0", proof.get("job").asText() + " " + proof.get("outcome").asText() + " "
                    + last("drill").get("files").asText() + " " + proof.get("differences").asText(), () -> what + ": " + proof);
            assertEquals(proofs + 1, proofs().size(), what);
            assertEquals(List.of(), List.of(azekura("web1").home.resolve("client/scratch").toFile().list()), () -> what + ": nothing stays of either attempt");
            String log = site.server().call("job", "log", proof.get("job").asText()).exits(0).out();
            assertTrue(log.lines().filter(line -> line.contains("rehearses all 100 files")).count() > 1, () -> what + " is to begin again:\n" + log);
        }
    }

    /** Newest first. */
    private static JsonNode proofs() {
        return site.server().json(0, "drill", "list");
    }

    private static void backup(String... killed) throws Exception {
        long seed = Seeds.start();
        String what = "seed " + seed + ", killed " + List.of(killed);
        String name = "killed-" + String.join("-", killed);
        Path source = site.workspace().path(name);
        Tree.bulk(source, 100, DATA, seed);
        Path pool = site.pool(name, "n1");
        long before = data.bytes(Direction.FORWARD);
        long again = interrupted(seed, Direction.FORWARD, () -> stored(pool), killed, "backup", "--client", "web1", "--pool", name, source.toString());
        long sent = data.bytes(Direction.FORWARD) - before;
        JsonNode job = last("backup");
        assertEquals("done", job.get("state").asText(), () -> what + ": " + job);
        long stored = stored(pool);
        System.out.printf("%s: %.1f MB sent, %.1f MB of them may be again, %.1f MB on the volume for %.1f MB%n", what, sent / 1e6, again / 1e6, stored / 1e6, DATA / 1e6);
        assertTrue(sent <= DATA + again + BESIDE, what + ": " + sent + " bytes sent, of which " + again + " may be again");
        site.comesBack(snapshot(), source, "back-" + name);
        site.server().json(0, "verify", "--pool", name);
    }

    private static void restore(String killed) throws Exception {
        long seed = Seeds.start();
        String what = "seed " + seed + ", killed " + killed;
        String name = "restored-" + killed;
        Path source = site.workspace().path(name);
        Tree.bulk(source, 100, DATA, seed);
        site.pool(name, "n1");
        site.backup("web1", name, source);
        Path target = site.workspace().path("back-" + name);
        interrupted(seed, Direction.BACK, () -> 0, new String[] {killed}, "restore", snapshot(), "--to", target.toString());
        JsonNode job = last("restore");
        assertEquals("done", job.get("state").asText(), () -> what + ": " + job);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(target, source)), what);
        assertTrue(Files.exists(target));
    }

    /** Bytes of packs on a volume; the first one makes the folder. */
    private static long stored(Path pool) throws Exception {
        return !Files.exists(pool.resolve("packs")) ? 0 : Azekura.files(pool.resolve("packs")).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Asked again and again. */
    private interface Stored {
        long bytes() throws Exception;
    }

    /**
     * Kills each after a random part of the data has passed, and starts it again; the command that waits must live through it.
     *
     * @return bytes that were not on the volume when somebody was killed, so that they may be sent again
     */
    private static long interrupted(long seed, Direction direction, Stored stored, String[] killed, String... command) throws Exception {
        Random random = Seeds.random(seed);
        data.rate(25_000_000);
        long sent = data.bytes(direction);
        long durable = 0;
        long again = 0;
        Process running = site.server().begin(command);
        for (String one : killed) {
            long next = data.bytes(direction) + DATA / 10 + random.nextLong(DATA / 2 / killed.length);
            assertTrue(data.awaitBytes(direction, next, MOVES), () -> "seed " + seed + ": nothing moves before " + one + " is killed");
            azekura(one).kill();
            again += Math.clamp(data.bytes(direction) - sent - (stored.bytes() - durable), 0, CHECKPOINT);
            sent = data.bytes(direction);
            durable = stored.bytes();
            azekura(one).up();
        }
        data.rate(0);
        Run ended = Run.await(running, ENDS, List.of(command));
        assertEquals(0, ended.exit(), () -> "seed " + seed + "\n" + ended);
        return again;
    }

    private static JsonNode last(String kind) {
        JsonNode found = null;
        for (JsonNode job : site.server().json(0, "job", "list")) {
            found = job.get("kind").asText().equals(kind) ? job : found;
        }
        assertNotNull(found);
        return found;
    }

    private static String snapshot() {
        JsonNode snapshots = site.server().json(0, "snapshot", "list");
        return snapshots.get(snapshots.size() - 1).get("id").asText();
    }
}
