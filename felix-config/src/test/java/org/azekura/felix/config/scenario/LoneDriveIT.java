package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.azekura.testkit.tape.Istgt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One drive without a robot (istgt), with cartridges of 64 MB that a hand changes when it is asked to. */
@ExtendWith(Shared.class)
class LoneDriveIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void asksForCartridgesAndGoesOnWhenAHandHasChangedThem(Azekura azekura, @TempDir Path dir) throws Exception {
        Istgt.assumeUsable();
        try (var workspace = new Workspace(LoneDriveIT.class); Istgt istgt = Istgt.start(dir)) {
            Path said = workspace.directory("said");
            azekura.call("device", "add", "desk", "--driver", "tape", "--set", "drives=" + istgt.drive(), "--set", "recordings=" + said).exits(0);
            azekura.call("pool", "create", "desk", "--driver", "tape", "--set", "library=desk").exits(0);
            Path one = workspace.directory("one");
            random(one.resolve("large"), 20 << 20);
            Files.writeString(one.resolve("small"), "one file");
            String first = azekura.backup(one, "--pool", "desk");
            assertFalse(istgt.change("second"), "the door is shut while the cartridge is in use");
            long before = located(said);
            azekura.call("restore", first, one.resolve("small").toString(), "--to", workspace.path("small").toString()).exits(0);
            assertEquals("one file", Files.readString(Azekura.at(workspace.path("small"), one.resolve("small"))));
            assertTrue(located(said) > before, "it goes there by LOCATE");

            Path two = workspace.directory("two");
            random(two.resolve("a"), 30 << 20);
            random(two.resolve("b"), 28 << 20);
            String second = spans(azekura, istgt, two);
            fed(azekura, istgt, second, two, workspace.path("two-again"));
        }
    }

    /** The cartridge is full, and the drive lets go of it. */
    private static String spans(Azekura azekura, Istgt istgt, Path source) throws Exception {
        Run parked = azekura.call("backup", "--pool", "desk", "--park-wait", "1", source.toString()).exits(1);
        assertTrue(parked.err().contains("pool desk needs another cartridge; take out what lies in the drive, and put a blank one in"), parked::toString);
        assertTrue(istgt.change("second"));
        azekura.call("job", "watch", Parked.job(parked)).exits(0);
        List<String> volumes = StreamSupport.stream(azekura.json(0, "volume", "list", "--pool", "desk").spliterator(), false)
                .map(row -> row.get("label").asText() + " " + row.get("state").asText()).sorted().toList();
        assertEquals(List.of("desk-1 full", "desk-2 appendable"), volumes);
        return Rest.get(azekura, "jobs/" + Parked.job(parked) + "/result").get("snapshot").asText();
    }

    /** A restore from both, one after the other; the second one is in the drive at first. */
    private static void fed(Azekura azekura, Istgt istgt, String snapshot, Path saved, Path to) throws Exception {
        Process restore = azekura.begin("restore", snapshot, "--to", to.toString());
        awaitPause(azekura, "cartridge desk-1 is not in the library of pool desk; put it in");
        change(istgt, Istgt.FIRST);
        awaitPause(azekura, "cartridge desk-2 is not in the library of pool desk; put it in");
        change(istgt, "second");
        Run.await(restore, LIMIT, List.of("restore")).exits(0);
        assertEquals(List.of(), Tree.diff(saved, Azekura.at(to, saved)));
    }

    /** The drive lets go of a cartridge when nobody has used it for some seconds. */
    private static void change(Istgt istgt, String cartridge) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); !istgt.change(cartridge); Thread.sleep(200)) {
            assertTrue(System.nanoTime() < end, "the drive does not let go");
        }
    }

    private static void awaitPause(Azekura azekura, String why) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            for (JsonNode job : Rest.get(azekura, "jobs?running")) {
                if (job.get("kind").asText().equals("restore") && job.get("state").asText().equals("paused") && job.path("error").asText().contains(why)) {
                    return;
                }
            }
        }
        throw new AssertionError("no restore says: " + why + "; " + Rest.get(azekura, "jobs?running"));
    }

    /** How often the drive was sent to a place: LOCATE(10) is 2b. */
    private static long located(Path recordings) throws IOException {
        try (Stream<Path> files = Files.walk(recordings)) {
            long count = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                count += Files.readAllLines(file).stream().filter(line -> line.startsWith("> 2b")).count();
            }
            return count;
        }
    }

    private static void random(Path file, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(file, content);
    }
}
