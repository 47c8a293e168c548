package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What jobs do on a library over SCSI (tgtd) when the cartridge that they need is not there, is another one under the same barcode, has lost its label, or cleans
 * drives; and one restore from two cartridges in two drives.
 */
@ExtendWith(Shared.class)
class CartridgeTroubleIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String LIBRARY = "troubled";

    @Test
    void jobsWaitForTheCartridgeTheyNeedAndWriteOnNoOther(Azekura azekura, @TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (var workspace = new Workspace(CartridgeTroubleIT.class); Vtl vtl = Vtl.start(dir)) {
            azekura.call("device", "add", LIBRARY, "--driver", "tape", "--set", "changer=" + vtl.changer(), "--set", "drives=" + vtl.drive(0) + "," + vtl.drive(1)).exits(0);
            pool(azekura, "ours", "VT0001L5");
            pool(azekura, "theirs", "VT0005L5");
            azekura.call("pool", "rules", "ours", "--blank", "no").exits(0);
            Path source = workspace.directory("source");
            random(source.resolve("first"), 8 << 20);
            azekura.backup(source, "--pool", "ours");
            missingInABackup(azekura, vtl, source);
        }
    }

    private static void missingInABackup(Azekura azekura, Vtl vtl, Path source) throws Exception {
        int slot = shelve(azekura, "VT0001L5");
        vtl.remove(slot);
        random(source.resolve("second"), 4 << 20);
        String job = parks(azekura.call("backup", "--pool", "ours", "--park-wait", "1", source.toString()), "cartridge VT0001L5 is not in the library; put it in");
        vtl.insert(slot, "VT0001L5");
        goesOn(azekura, job);
        assertEquals(List.of("VT0001L5 appendable"), volumes(azekura));
    }

    private static void pool(Azekura azekura, String name, String barcode) {
        azekura.call("pool", "create", name, "--driver", "tape", "--set", "library=" + LIBRARY, "--set", "barcode=" + barcode).exits(0);
    }

    /** The job. */
    private static String parks(Run run, String... why) {
        for (String part : why) {
            assertTrue(run.err().contains(part), run::toString);
        }
        return Parked.job(run);
    }

    private static void goesOn(Azekura azekura, String job) throws Exception {
        JsonNode now = Rest.get(azekura, "jobs/" + job);
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            now = Rest.get(azekura, "jobs/" + job);
            if (List.of("done", "warned", "failed").contains(now.get("state").asText())) {
                assertEquals("done", now.get("state").asText(), now::toString);
                return;
            }
        }
        throw new AssertionError("job " + job + " does not end: " + now + Rest.get(azekura, "jobs/" + job + "/log"));
    }

    /** The slot in which it is then. */
    private static int shelve(Azekura azekura, String barcode) {
        JsonNode element = element(azekura, barcode);
        if (element.get("kind").asText().equals("drive")) {
            azekura.call("library", "move", LIBRARY, barcode, "slot").exits(0);
            element = element(azekura, barcode);
        }
        return element.get("address").asInt();
    }

    private static JsonNode element(Azekura azekura, String barcode) {
        return StreamSupport.stream(azekura.json(0, "library", "show", LIBRARY).get("elements").spliterator(), false)
                .filter(element -> element.path("barcode").asText().equals(barcode)).findFirst().orElseThrow();
    }

    private static List<String> volumes(Azekura azekura) {
        return StreamSupport.stream(azekura.json(0, "volume", "list", "--pool", "ours").spliterator(), false)
                .map(row -> row.get("barcode").asText() + " " + row.get("state").asText()).sorted().toList();
    }

    private static void random(Path file, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        new Random(file.getFileName().hashCode()).nextBytes(content);
        Files.write(file, content);
    }
}
