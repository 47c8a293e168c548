package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.azekura.api.device.Library;
import org.azekura.driver.tape.PlainLibrary;
import org.azekura.testkit.device.Tapes;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups to a tape library over SCSI (tgtd): there and back, and again after the library was killed in the middle of a write, or this node was stopped there. */
class TapeIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration STOPPED = Duration.ofSeconds(6);
    private static final String CARTRIDGE = "VT0002L5";

    @Test
    void savesToACartridgeAndRestoresAlsoWhenTheLibraryWasKilledMeanwhile(@TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (var workspace = new Workspace(TapeIT.class); Vtl vtl = Vtl.start(dir, 400); var azekura = Azekura.up(workspace.path("home"))) {
            azekura.call("device", "add", "lib1", "--driver", "tape", "--set", "changer=" + vtl.changer(), "--set",
                    "drives=" + vtl.drive(0) + "," + vtl.drive(1)).exits(0);
            azekura.call("pool", "create", "tape", "--driver", "tape", "--set", "library=lib1", "--set", "barcode=" + CARTRIDGE).exits(0);
            Path small = source(workspace, "small", 4 << 20);
            String first = azekura.backup(small, "--pool", "tape");
            Path large = source(workspace, "large", 24 << 20);
            String second = killedMeanwhile(azekura, vtl, large);
            azekura.json(0, "verify", "--pool", "tape");
            assertEquals(List.of(), Tree.diff(small, azekura.restore(first, small, workspace.path("restored1"))));
            assertEquals(List.of(), Tree.diff(large, azekura.restore(second, large, workspace.path("restored2"))));
            JsonNode cartridge = azekura.json(0, "volume", "list", "--pool", "tape").get(0);
            assertEquals(CARTRIDGE, cartridge.get("barcode").asText());
        }
    }

    /** What it writes next would lie over the label, if it believed that it stands where it stood. */
    @Test
    void aNodeThatIsStoppedWhileAnotherHostRewindsTheTapeWritesOverNothing(@TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (var workspace = new Workspace(TapeIT.class); Vtl vtl = Vtl.start(dir, 400); var azekura = Azekura.up(workspace.path("home"))) {
            azekura.call("device", "add", "lib1", "--driver", "tape", "--set", "changer=" + vtl.changer(), "--set", "drives=" + vtl.drive(0)).exits(0);
            azekura.call("pool", "create", "tape", "--driver", "tape", "--set", "library=lib1", "--set", "barcode=" + CARTRIDGE, "--set", "spool=0").exits(0);
            Path small = source(workspace, "small", 4 << 20);
            String first = azekura.backup(small, "--pool", "tape");
            Path large = source(workspace, "large", 24 << 20);
            Process backup = azekura.begin("backup", "--pool", "tape", "--limit", "8MiB", large.toString());
            String job = awaitJob(azekura, 8 << 20);
            long pid = azekura.process().pid();
            signal("STOP", pid);
            try {
                rewind(vtl);
            } finally {
                signal("CONT", pid);
            }
            Run.await(backup, LIMIT, List.of("backup")).exits(0);
            String second = Rest.get(azekura, "jobs/" + job + "/result").get("snapshot").asText();
            assertEquals(0, azekura.json(0, "verify", "--pool", "tape").get("damaged").size());
            assertEquals(List.of(), Tree.diff(small, azekura.restore(first, small, workspace.path("restored1"))));
            assertEquals(List.of(), Tree.diff(large, azekura.restore(second, large, workspace.path("restored2"))));
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertEquals(0, new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor());
    }

    /** As another host does with which nobody has spoken; again and again, for longer than a place is believed. */
    private static void rewind(Vtl vtl) throws Exception {
        Library other = PlainLibrary.open(null, List.of(vtl.drive(0)), "");
        try {
            for (long end = System.nanoTime() + STOPPED.toNanos(); System.nanoTime() < end;) {
                Tapes.load(other.drives().getFirst());
            }
        } finally {
            ((AutoCloseable) other).close();
        }
    }

    private static Path source(Workspace workspace, String name, int bytes) throws Exception {
        Path source = workspace.directory(name);
        Tree.bulk(source, 50, 500_000, bytes);
        byte[] random = new byte[bytes];
        new Random(bytes).nextBytes(random);
        Files.write(source.resolve("random"), random);
        return source;
    }

    /** The cartridge is in its first slot again then, and what the drive was told last may be on it or not. The job goes on with what it had saved. */
    private static String killedMeanwhile(Azekura azekura, Vtl vtl, Path source) throws Exception {
        Process backup = azekura.begin("backup", "--pool", "tape", "--limit", "8MiB", "--park-wait", "120", source.toString());
        String job = awaitJob(azekura, 8 << 20);
        vtl.kill();
        vtl.restart();
        Run.await(backup, LIMIT, List.of("backup")).exits(0);
        return Rest.get(azekura, "jobs/" + job + "/result").get("snapshot").asText();
    }

    /** The job, when it has saved so much. */
    private static String awaitJob(Azekura azekura, long bytes) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            for (JsonNode job : Rest.get(azekura, "jobs?running")) {
                if (job.get("kind").asText().equals("backup") && job.get("bytes").asLong() >= bytes) {
                    return job.get("id").asText();
                }
            }
        }
        throw new AssertionError("nothing is saved");
    }
}
