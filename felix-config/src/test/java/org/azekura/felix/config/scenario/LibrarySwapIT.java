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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.azekura.driver.simulator.SimulatorDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scenario 24 on a library: its driver is updated, broken, and hangs, while a job writes on a cartridge in a drive; nothing is lost. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class LibrarySwapIT {

    /** With what comes beside it more than 30 s at 2500 KiB/s. */
    private static final int BYTES = 80 << 20;
    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String CARTRIDGE = "A00002L8";

    @Test
    void aBackupGoesOnWithACartridgeInTheDrive() throws Exception {
        try (var workspace = new Workspace(LibrarySwapIT.class)) {
            Path home = workspace.path("home");
            Files.createDirectories(home.resolve("etc"));
            Files.writeString(home.resolve("etc/installer.json"), "{\"org.azekura.installer\": {\"startTimeout_s\": " + START.toSeconds() + "}}");
            DiskVersions versions = new DiskVersions(workspace.directory("versions"), "simulator");
            Path source = source(workspace, 2);
            try (var azekura = Azekura.up(home)) {
                azekura.call("driver", "trust", "add", versions.certificate.toString()).exits(0);
                azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + workspace.path("library"), "--set", "drives=2").exits(0);
                azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1", "--set", "barcode=" + CARTRIDGE).exits(0);
                assertKept(workspace, azekura, versions, source, swap(azekura, versions, source));
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

    private static String swap(Azekura azekura, DiskVersions versions, Path source) throws Exception {
        Instant begin = Instant.now();
        Process backup = azekura.begin("backup", "--pool", "tape", "--limit", "2500KiB", source.toString());
        String job = awaitJob(azekura);
        azekura.call("driver", "update", versions.good("7.0.0").toString()).exits(0);
        assertRuns(azekura);
        Run broken = azekura.call("driver", "update", versions.made("7.1.0", SimulatorDevice.class, BrokenLibrary.class).toString()).exits(1);
        assertTrue(broken.toString().contains("this version finds itself broken"), broken::toString);
        assertRuns(azekura);
        Process hanging = azekura.begin("driver", "update", versions.hanging("7.2.0").toString());
        assertSeenPaused(azekura, job, hanging);
        Run hung = Run.await(hanging, LIMIT, List.of("driver", "update")).exits(1);
        assertTrue(hung.toString().contains("had not ended after"), hung::toString);
        assertRuns(azekura);
        assertEquals("running", job(azekura, job).get("state").asText(), "the job ended before all was tried");
        Run.await(backup, LIMIT, List.of("backup")).exits(0);
        assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofSeconds(30)) > 0, "it took less than 30 s");
        return job;
    }

    private static void assertSeenPaused(Azekura azekura, String job, Process update) throws Exception {
        boolean seen = false;
        while (!seen && update.isAlive()) {
            JsonNode now = job(azekura, job);
            seen = now.get("state").asText().equals("paused") && now.get("error").asText().equals("driver simulator is updated from 7.0.0 to 7.2.0");
            Thread.sleep(50);
        }
        assertTrue(seen, "the job is not shown as paused");
    }

    private static void assertKept(Workspace workspace, Azekura azekura, DiskVersions versions, Path source, String job) throws Exception {
        assertEquals("done", job(azekura, job).get("state").asText());
        Pauses.in(Rest.get(azekura, "jobs/" + job + "/log")).assertShort(versions, "simulator", START);
        azekura.call("device", "remove", "lib1").exits(4);
        azekura.down();
        azekura.up();
        assertRuns(azekura);
        azekura.json(0, "verify", "--pool", "tape");
        String snapshot = Rest.get(azekura, "jobs/" + job + "/result").get("snapshot").asText();
        assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
        JsonNode cartridge = azekura.json(0, "volume", "list", "--pool", "tape").get(0);
        assertEquals(CARTRIDGE, cartridge.get("barcode").asText());
        assertTrue(cartridge.get("used").asLong() > BYTES, cartridge::toString);
    }

    /** The version that was good, whatever came after it. */
    private static void assertRuns(Azekura azekura) throws Exception {
        JsonNode row = StreamSupport.stream(Rest.get(azekura, "drivers").spliterator(), false).filter(one -> one.get("name").asText().equals("simulator"))
                .findFirst().orElseThrow();
        assertEquals(List.of("7.0.0", "active", ""), Stream.of("version", "state", "problem").map(name -> row.get(name).asText()).toList());
        assertEquals("lib1", row.get("devices").get(0).asText());
    }

    private static JsonNode job(Azekura azekura, String id) throws Exception {
        return Rest.get(azekura, "jobs/" + id);
    }

    /** The job, when it has saved something. */
    private static String awaitJob(Azekura azekura) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            for (JsonNode job : Rest.get(azekura, "jobs?running")) {
                if (job.get("kind").asText().equals("backup") && job.get("bytes").asLong() > 0) {
                    return job.get("id").asText();
                }
            }
        }
        throw new AssertionError("nothing is saved");
    }
}
