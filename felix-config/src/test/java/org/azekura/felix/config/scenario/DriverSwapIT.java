package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.azekura.packages.DriverManifest;
import org.junit.jupiter.api.Test;

/** Scenario 24: the driver is updated, broken, hangs, throws and is removed, and its settings change, while a job uses it; nothing is lost. */
class DriverSwapIT {

    /** With what comes beside it more than 30 s at 2500 KiB/s. */
    private static final int BYTES = 80 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void aBackupGoesOnThroughAGoodVersionABrokenOneAndOneThatHangs() throws Exception {
        try (var workspace = new Workspace(DriverSwapIT.class)) {
            Path home = workspace.path("home");
            Files.createDirectories(home.resolve("etc"));
            Files.writeString(home.resolve("etc/installer.json"), "{\"org.azekura.installer\": {\"startTimeout_s\": " + START.toSeconds() + "}}");
            var versions = new DiskVersions(workspace.directory("versions"));
            Path source = workspace.directory("source");
            Tree.bulk(source, 200, 4_000_000, 1);
            byte[] random = new byte[BYTES];
            new Random(24).nextBytes(random);
            Files.write(source.resolve("random"), random);
            try (var azekura = Azekura.up(home)) {
                swap(workspace, azekura, versions, source);
                DriverTrouble.allUnderOneJob(workspace, azekura, versions);
            }
        }
    }

    private static void swap(Workspace workspace, Azekura azekura, DiskVersions versions, Path source) throws Exception {
        assertRuns(azekura, versions.here().toString(), "Azekura");
        Path good = versions.good("7.0.0");
        azekura.call("driver", "update", good.toString()).exits(4);
        azekura.call("driver", "update", source.resolve("random").toString()).exits(2);
        azekura.call("driver", "trust", "add", versions.certificate.toString()).exits(0);
        String client = azekura.json(0, "client", "list").get(0).get("name").asText();
        azekura.call("client", "limit", client, "1500KiB").exits(0);

        Process backup = azekura.begin("backup", source.toString(), "--json");
        String job = running(azekura);
        Instant begin = Instant.now();
        awaitBytes(azekura, job);
        azekura.call("driver", "update", good.toString()).exits(0);
        assertRuns(azekura, "7.0.0", "Test Drivers Inc.");
        String broken = azekura.call("driver", "update", versions.broken("7.1.0").toString()).exits(1).toString();
        assertTrue(broken.contains("this version finds itself broken"), broken);
        assertRuns(azekura, "7.0.0", "Test Drivers Inc.");
        Path hangs = versions.hanging("7.2.0");
        Process hanging = azekura.begin("driver", "update", hangs.toString());
        assertTrue(isSeenPaused(azekura, job, hanging), "the job is not shown as paused");
        Run hung = Run.await(hanging, LIMIT, List.of("driver", "update")).exits(1);
        assertTrue(hung.toString().contains("had not ended after"), hung::toString);
        assertRuns(azekura, "7.0.0", "Test Drivers Inc.");
        azekura.call("driver", "update", good.toString()).exits(4);
        assertEquals("running", azekura.json(0, "job", "show", job).get("state").asText(), "the job ended before all was tried");
        assertRunsWithoutATransport(workspace, azekura, versions, job);

        Run ended = Run.await(backup, LIMIT, List.of("backup")).exits(0);
        assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofSeconds(30)) > 0, "it took less than 30 s");
        assertEquals("done", azekura.json(0, "job", "show", job).get("state").asText());
        Pauses.in(azekura.json(0, "job", "log", job)).assertShort(versions, "disk", START);
        String snapshot = azekura.json(0, "snapshot", "list").get(0).get("id").asText();
        assertTrue(ended.out().contains(snapshot), ended::toString);
        azekura.call("client", "limit", client, "none").exits(0);
        assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
        azekura.json(0, "verify");
        try (Stream<Path> left = Files.list(azekura.home.resolve("pools/default"))) {
            assertTrue(left.noneMatch(file -> file.getFileName().toString().startsWith("probe-")), "a probe was left behind");
        }
        assertCatalogStoreGivesWay(workspace, azekura, versions);
        assertJobs(azekura);
        kill(azekura, hangs);
        for (String name : List.of("transport-local", "transport-tls")) {
            assertRuns(azekura, name, "7.0.0", "Test Drivers Inc.");
        }
        assertRuns(azekura, "catalog-sqlite", "7.0.3", "Test Drivers Inc.");
        assertRuns(azekura, "7.0.0", "Test Drivers Inc.");
        assertEquals(snapshot, azekura.json(0, "snapshot", "list").get(0).get("id").asText());
        azekura.call("driver", "remove", "disk").exits(4);
    }

    /** The job's own connections break with the transport that they were made by, twice, and it goes on. */
    private static void assertRunsWithoutATransport(Workspace workspace, Azekura azekura, DiskVersions signer, String job) throws Exception {
        var local = new HouseVersions(workspace.path("versions"), signer, "transport-local", DriverManifest.Kind.TRANSPORT);
        var tls = new HouseVersions(workspace.path("versions"), signer, "transport-tls", DriverManifest.Kind.TRANSPORT);
        azekura.call("driver", "update", local.good("7.0.0").toString()).exits(0);
        assertRuns(azekura, "transport-local", "7.0.0", "Test Drivers Inc.");
        String mute = azekura.call("driver", "update", local.mute("7.1.0").toString()).exits(1).toString();
        assertTrue(mute.contains("7.0.0 is there and runs (7.1.0 was backed out: ") && mute.contains(" is not offered again"), mute);
        azekura.call("driver", "update", tls.good("7.0.0").toString()).exits(0);
        assertRuns(azekura, "transport-tls", "7.0.0", "Test Drivers Inc.");
        String refused = azekura.call("driver", "update", catalog(workspace, signer).good("7.0.0").toString()).exits(4).toString();
        assertTrue(refused.contains("backup " + job), refused);
        assertTrue(Set.of("running", "parked", "queued").contains(azekura.json(0, "job", "show", job).get("state").asText()), "the job ended too early");
    }

    private static HouseVersions catalog(Workspace workspace, DiskVersions signer) throws Exception {
        return new HouseVersions(workspace.path("versions"), signer, "catalog-sqlite", DriverManifest.Kind.CATALOG);
    }

    /** Once no job is there; who asks the server for something meanwhile waits, and hears no error. */
    private static void assertCatalogStoreGivesWay(Workspace workspace, Azekura azekura, DiskVersions signer) throws Exception {
        JsonNode before = azekura.json(0, "snapshot", "list");
        String broken = azekura.call("driver", "update", catalog(workspace, signer).broken("6.0.0").toString()).exits(1).toString();
        assertTrue(broken.contains("org.azekura.nowhere"), broken);
        assertEquals(before, azekura.json(0, "snapshot", "list"));
        Process update = azekura.begin("driver", "update", catalog(workspace, signer).good("7.0.0").toString());
        while (update.isAlive()) {
            assertEquals(before, azekura.json(0, "snapshot", "list"));
            Thread.sleep(100);
        }
        Run.await(update, LIMIT, List.of("driver", "update")).exits(0);
        assertRuns(azekura, "catalog-sqlite", "7.0.0", "Test Drivers Inc.");
        assertEquals(before, azekura.json(0, "snapshot", "list"));
        for (String version : List.of("7.0.1", "7.0.2", "7.0.3")) {
            azekura.call("driver", "update", catalog(workspace, signer).good(version).toString()).exits(0);
        }
        assertOneNativeLibraryIsThere(azekura);
    }

    /** SQLite comes with one, which goes with the class loader that has loaded it. */
    private static void assertOneNativeLibraryIsThere(Azekura azekura) throws Exception {
        String pid = Long.toString(azekura.process().pid());
        Set<String> libraries = Set.of();
        for (long end = System.nanoTime() + PATIENCE.toNanos(); libraries.size() != 1 && System.nanoTime() < end; Thread.sleep(100)) {
            Run.of(LIMIT, Path.of(System.getProperty("java.home"), "bin/jcmd").toString(), pid, "GC.run").exits(0);
            try (Stream<String> maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
                libraries = maps.filter(line -> line.contains("sqlite") && line.contains(".so")).map(line -> line.substring(line.indexOf('/'))).collect(Collectors.toSet());
            }
        }
        assertEquals(1, libraries.size(), libraries::toString);
    }

    private static void assertRuns(Azekura azekura, String version, String publisher) {
        assertEquals("default", assertRuns(azekura, "disk", version, publisher).get("devices").get(0).asText());
    }

    private static JsonNode assertRuns(Azekura azekura, String name, String version, String publisher) {
        JsonNode driver = StreamSupport.stream(azekura.json(0, "driver", "list").spliterator(), false).filter(row -> row.get("name").asText().equals(name))
                .findFirst().orElseThrow();
        assertEquals(List.of(version, publisher, "active", ""), Stream.of("version", "publisher", "state", "problem").map(key -> driver.get(key).asText()).toList());
        return driver;
    }

    /** Each change was a job, the first of them: refused, no package, done, backed out, backed out, refused. */
    private static void assertJobs(Azekura azekura) {
        List<JsonNode> changes = azekura.json(0, "job", "list").valueStream().filter(job -> job.get("kind").asText().equals("driver")).limit(6).toList();
        assertEquals(List.of("failed", "failed", "done", "failed", "failed", "failed"), changes.stream().map(job -> job.get("state").asText()).toList());
        List<String> log = azekura.json(0, "job", "log", changes.get(3).get("id").asText()).findValuesAsText("text");
        List<String> story = List.of("pauses: driver disk is updated from 7.0.0 to 7.1.0", "device default has not proved itself: ", "device default has proved itself", "goes on",
                "driver.backedout: ");
        int at = 0;
        for (String line : log) {
            at += at < story.size() && line.contains(story.get(at)) ? 1 : 0;
        }
        assertEquals(story.size(), at, log::toString);
    }

    /** A change that a kill cuts off ends as the version says that runs then. */
    private static void kill(Azekura azekura, Path hangs) throws Exception {
        Process update = azekura.begin("driver", "update", hangs.toString());
        try {
            for (long end = System.nanoTime() + LIMIT.toNanos(); !Rest.get(azekura, "drivers").findValuesAsText("state").contains("swapping"); Thread.sleep(100)) {
                assertTrue(System.nanoTime() < end && update.isAlive(), "the driver does not change");
            }
            azekura.kill();
        } finally {
            update.destroy();
        }
        azekura.up();
        String job = azekura.json(0, "job", "list").valueStream().toList().getLast().get("id").asText();
        String ended = azekura.call("job", "watch", job).exits(1).toString();
        assertTrue(ended.contains("driver disk 7.0.0 is there and runs"), ended);
        try (Stream<Path> left = Files.list(azekura.home.resolve("server/packages"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static String running(Azekura azekura) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            for (JsonNode job : Rest.get(azekura, "jobs?running")) {
                return job.get("id").asText();
            }
        }
        throw new AssertionError("no job runs");
    }

    private static void awaitBytes(Azekura azekura, String job) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); Rest.get(azekura, "jobs/" + job).get("bytes").asLong() == 0; Thread.sleep(100)) {
            assertTrue(System.nanoTime() < end, "nothing was saved");
        }
    }

    private static boolean isSeenPaused(Azekura azekura, String job, Process update) throws Exception {
        boolean seen = false;
        for (; !seen && update.isAlive(); Thread.sleep(50)) {
            JsonNode now = Rest.get(azekura, "jobs/" + job);
            seen = now.get("state").asText().equals("paused") && now.get("error").asText().equals("driver disk is updated from 7.0.0 to 7.2.0");
        }
        return seen;
    }
}
