package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.azekura.packages.PublisherKey;
import org.junit.jupiter.api.Test;

/** Scenario 24: the driver is updated, broken, and hangs, while a job uses it; nothing is lost. On a disk, and on a cartridge in the drive of a library. */
class DriverSwapIT {

    private static final int BYTES = 90 << 20;
    private static final Duration OWN = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String CARTRIDGE = "A00002L8";

    /** One of the drivers, and the job that uses it. */
    private record Side(DriverVersions versions, String device, String pool, Path source) {

        String driver() {
            return versions.driver;
        }
    }

    @Test
    void backupsGoOnThroughAGoodVersionABrokenOneAndOneThatHangs() throws Exception {
        try (var workspace = new Workspace(DriverSwapIT.class)) {
            Path home = workspace.path("home");
            Files.createDirectories(home.resolve("etc"));
            Files.writeString(home.resolve("etc/installer.json"), "{\"org.azekura.installer\": {\"startTimeout_s\": " + START.toSeconds() + "}}");
            Path own = workspace.directory("versions").resolve("publisher");
            PublisherKey key = DriverVersions.publisher(own);
            List<Side> sides = List.of(
                    new Side(new DriverVersions(own.getParent(), key, "disk", BrokenDevice.class), "default", "default", source(workspace, 1)),
                    new Side(new DriverVersions(own.getParent(), key, "simulator", BrokenLibrary.class), "lib1", "tape", source(workspace, 2)));
            try (var azekura = Azekura.up(home)) {
                azekura.call("driver", "update", sides.getFirst().versions.good("7.0.0").toString()).exits(4);
                azekura.call("driver", "update", sides.getFirst().source.resolve("random").toString()).exits(2);
                azekura.call("driver", "trust", "add", PublisherKey.certificateFile(own).toString()).exits(0);
                azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + workspace.path("library"), "--set", "drives=2").exits(0);
                azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1", "--set", "barcode=" + CARTRIDGE).exits(0);
                Map<Side, String> jobs = swap(azekura, sides);
                assertKept(workspace, azekura, sides, jobs);
            }
        }
    }

    private static Path source(Workspace workspace, int seed) throws Exception {
        Path source = workspace.directory("source" + seed);
        Tree.bulk(source, 200, 4_000_000, seed);
        byte[] random = new byte[BYTES];
        new Random(24 + seed).nextBytes(random);
        Files.write(source.resolve("random"), random);
        return source;
    }

    /** Both at once: their changes have to wait for each other, their jobs must not. */
    private static Map<Side, String> swap(Azekura azekura, List<Side> sides) throws Exception {
        Instant begin = Instant.now();
        Map<Side, Process> backups = new LinkedHashMap<>();
        for (Side side : sides) {
            backups.put(side, azekura.begin("backup", "--pool", side.pool, "--limit", "2500KiB", side.source.toString()));
        }
        Map<Side, String> jobs = new LinkedHashMap<>();
        for (Side side : sides) {
            jobs.put(side, awaitJob(azekura, side));
        }
        for (Process good : update(azekura, sides, "7.0.0")) {
            ended(good).exits(0);
        }
        assertRun(azekura, sides);
        for (Process broken : update(azekura, sides, "7.1.0")) {
            Run ended = ended(broken).exits(1);
            assertTrue(ended.toString().contains("this version finds itself broken"), ended::toString);
        }
        assertRun(azekura, sides);
        List<Process> hanging = update(azekura, sides, "7.2.0");
        assertSeenPaused(azekura, jobs, hanging);
        for (Process hung : hanging) {
            Run ended = ended(hung).exits(1);
            assertTrue(ended.toString().contains("had not ended after"), ended::toString);
        }
        assertRun(azekura, sides);
        azekura.call("driver", "update", sides.getFirst().versions.good("7.0.0").toString()).exits(4);
        for (Side side : sides) {
            assertEquals("running", job(azekura, jobs.get(side)).get("state").asText(), () -> "the job on " + side.pool + " ended before all was tried");
        }
        for (Process backup : backups.values()) {
            Run.await(backup, LIMIT, List.of("backup")).exits(0);
        }
        assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofSeconds(30)) > 0, "it took less than 30 s");
        return jobs;
    }

    private static List<Process> update(Azekura azekura, List<Side> sides, String version) throws Exception {
        List<Process> begun = new ArrayList<>();
        for (Side side : sides) {
            Path file = switch (version) {
                case "7.0.0" -> side.versions.good(version);
                case "7.1.0" -> side.versions.broken(version);
                default -> side.versions.hanging(version);
            };
            begun.add(azekura.begin("driver", "update", file.toString()));
        }
        return begun;
    }

    private static Run ended(Process update) {
        return Run.await(update, LIMIT, List.of("driver", "update"));
    }

    private static void assertSeenPaused(Azekura azekura, Map<Side, String> jobs, List<Process> updates) throws Exception {
        Map<Side, String> unseen = new LinkedHashMap<>(jobs);
        while (!unseen.isEmpty() && updates.stream().anyMatch(Process::isAlive)) {
            for (Map.Entry<Side, String> one : jobs.entrySet()) {
                JsonNode now = job(azekura, one.getValue());
                if (now.get("state").asText().equals("paused")
                        && now.get("error").asText().equals("driver " + one.getKey().driver() + " is updated from 7.0.0 to 7.2.0")) {
                    unseen.remove(one.getKey());
                }
            }
            Thread.sleep(50);
        }
        assertEquals(Map.of(), unseen, "jobs that are not shown as paused");
    }

    private static void assertKept(Workspace workspace, Azekura azekura, List<Side> sides, Map<Side, String> jobs) throws Exception {
        for (Side side : sides) {
            assertEquals("done", job(azekura, jobs.get(side)).get("state").asText());
            assertPauses(side, Rest.get(azekura, "jobs/" + jobs.get(side) + "/log"));
        }
        azekura.json(0, "verify");
        try (Stream<Path> left = Files.list(azekura.home.resolve("pools/default"))) {
            assertTrue(left.noneMatch(file -> file.getFileName().toString().startsWith("probe-")), "a probe was left behind");
        }
        azekura.call("device", "remove", "lib1").exits(4);
        azekura.down();
        azekura.up();
        assertRun(azekura, sides);
        for (Side side : sides) {
            String snapshot = Rest.get(azekura, "jobs/" + jobs.get(side) + "/result").get("snapshot").asText();
            assertEquals(List.of(), Tree.diff(side.source, azekura.restore(snapshot, side.source, workspace.path("restored from " + side.pool))));
        }
        JsonNode cartridge = azekura.json(0, "volume", "list", "--pool", "tape").get(0);
        assertEquals(CARTRIDGE, cartridge.get("barcode").asText());
        assertTrue(cartridge.get("used").asLong() > BYTES, cartridge::toString);
        azekura.call("driver", "remove", "disk").exits(4);
    }

    /** The version that was good, whatever came after it. */
    private static void assertRun(Azekura azekura, List<Side> sides) throws Exception {
        JsonNode rows = Rest.get(azekura, "drivers");
        for (Side side : sides) {
            JsonNode row = StreamSupport.stream(rows.spliterator(), false).filter(one -> one.get("name").asText().equals(side.driver())).findFirst().orElseThrow();
            assertEquals(List.of("7.0.0", DriverVersions.PUBLISHER, "active", ""),
                    Stream.of("version", "publisher", "state", "problem").map(name -> row.get(name).asText()).toList());
            assertEquals(side.device, row.get("devices").get(0).asText());
        }
    }

    private static JsonNode job(Azekura azekura, String id) throws Exception {
        return Rest.get(azekura, "jobs/" + id);
    }

    /** The job, when it has saved something. */
    private static String awaitJob(Azekura azekura, Side side) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            for (JsonNode job : Rest.get(azekura, "jobs?running")) {
                if (job.get("pool").asText().equals(side.pool) && job.get("bytes").asLong() > 0) {
                    return job.get("id").asText();
                }
            }
        }
        throw new AssertionError("nothing is saved in " + side.pool);
    }

    /** Each pause has its line, and takes no longer than what the driver itself takes, and three seconds. */
    private static void assertPauses(Side side, JsonNode log) {
        List<Instant> begun = new ArrayList<>();
        List<Duration> pauses = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (JsonNode line : log) {
            String text = line.get("text").asText();
            Instant at = Instant.parse(line.get("time").asText());
            if (text.startsWith("paused: ")) {
                begun.add(at);
                why.add(text);
            } else if (text.equals("goes on")) {
                pauses.add(Duration.between(begun.getLast(), at));
            }
        }
        System.out.println("pauses of a job whose driver " + side.driver() + " changed: " + pauses);
        String updated = "paused: driver " + side.driver() + " is updated from ";
        assertEquals(List.of(updated + side.versions.here() + " to 7.0.0", updated + "7.0.0 to 7.1.0", updated + "7.0.0 to 7.2.0"), why);
        assertEquals(3, pauses.size(), log::toString);
        assertTrue(pauses.get(0).compareTo(OWN) < 0 && pauses.get(1).compareTo(OWN) < 0 && pauses.get(2).compareTo(OWN.plus(START).plusSeconds(1)) < 0,
                pauses::toString);
    }
}
