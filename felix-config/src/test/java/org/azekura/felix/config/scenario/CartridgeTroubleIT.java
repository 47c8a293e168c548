package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What jobs do on a library over SCSI (tgtd) when the cartridge that they need is not there, is another one under the same barcode, has lost its label, or is for
 * cleaning; and one restore from two cartridges in two drives.
 */
@ExtendWith(Shared.class)
class CartridgeTroubleIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String LIBRARY = "troubled";

    @Test
    void jobsWaitForTheCartridgeTheyNeedAndWriteOnNoOther(Azekura azekura, @TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (var workspace = new Workspace(CartridgeTroubleIT.class); Vtl vtl = Vtl.start(dir)) {
            Path said = workspace.directory("said");
            azekura.call("device", "add", LIBRARY, "--driver", "tape", "--set", "changer=" + vtl.changer(), "--set", "drives=" + vtl.drive(0) + "," + vtl.drive(1), "--set",
                    "recordings=" + said).exits(0);
            pool(azekura, "ours", "VT0001L5");
            pool(azekura, "theirs", "VT0005L5");
            azekura.call("pool", "rules", "ours", "--blank", "no").exits(0);
            Path theirs = random(workspace.directory("theirs").resolve("file"), 6 << 20).getParent();
            String kept = azekura.backup(theirs, "--pool", "theirs");
            Path source = random(workspace.directory("source").resolve("first"), 8 << 20).getParent();
            azekura.backup(source, "--pool", "ours");
            missingInABackup(azekura, vtl, source);
            wrongInABackup(azekura, vtl, source);
            String snapshot = neitherWithoutLabelNorForCleaning(azekura, vtl, source);
            fromTwoDrives(azekura, said, snapshot, source, workspace.path("together"));
            fromOneCartridge(azekura, snapshot, source.resolve("first"), workspace.path("alone"));
            missingInARestore(azekura, vtl, snapshot, source, workspace.path("later"));
            wrongInARestore(azekura, vtl, snapshot, source, workspace.path("rightly"));
            assertEquals(List.of(), Tree.diff(theirs, azekura.restore(kept, theirs, workspace.path("kept"))));
        }
    }

    private static void missingInABackup(Azekura azekura, Vtl vtl, Path source) throws Exception {
        int slot = shelve(azekura, "VT0001L5");
        vtl.remove(slot);
        random(source.resolve("second"), 4 << 20);
        String job = parks(azekura, "cartridge VT0001L5 is not in the library; put it in", "backup", "--pool", "ours", source.toString());
        assertTrue(Rest.get(azekura, "jobs/" + job).get("error").asText().contains("1 is for cleaning"));
        vtl.insert(slot, "VT0001L5");
        goesOn(azekura, job);
        assertEquals(List.of("VT0001L5 appendable"), volumes(azekura));
    }

    /** Nothing is written on the one that was met. */
    private static void wrongInABackup(Azekura azekura, Vtl vtl, Path source) throws Exception {
        confuse(azekura, vtl, "VT0001L5", "VT0005L5");
        byte[] met = Files.readAllBytes(vtl.medium("VT0001L5"));
        random(source.resolve("third"), 4 << 20);
        String job = parks(azekura, "cartridge VT0001L5 begins with the label of volume \"theirs-1\"", "backup", "--pool", "ours", source.toString());
        shelve(azekura, "VT0001L5");
        assertArrayEquals(met, Files.readAllBytes(vtl.medium("VT0001L5")));
        confuse(azekura, vtl, "VT0001L5", "VT0005L5");
        goesOn(azekura, job);
        assertEquals(List.of("VT0001L5 appendable"), volumes(azekura));
    }

    /** Of those that were labelled beforehand one has lost its label, and the one for cleaning is none of them. The snapshot, which lies on two. */
    private static String neitherWithoutLabelNorForCleaning(Azekura azekura, Vtl vtl, Path source) throws Exception {
        byte[] cleaner = Files.readAllBytes(vtl.medium("CLN001L1"));
        azekura.call("volume", "label", "--pool", "ours", "--barcode", "VT0002L5").exits(0);
        azekura.call("volume", "label", "--pool", "ours", "--barcode", "VT0004L5").exits(0);
        shelve(azekura, "VT0002L5");
        destroyLabel(vtl.medium("VT0002L5"));
        byte[] destroyed = Files.readAllBytes(vtl.medium("VT0002L5"));
        random(source.resolve("wide"), 92 << 20);
        String snapshot = azekura.backup(source, "--pool", "ours");
        assertEquals(List.of("VT0001L5 full", "VT0002L5 quarantined", "VT0004L5 appendable"), volumes(azekura));
        shelve(azekura, "VT0002L5");
        assertArrayEquals(destroyed, Files.readAllBytes(vtl.medium("VT0002L5")));
        assertArrayEquals(cleaner, Files.readAllBytes(vtl.medium("CLN001L1")));
        return snapshot;
    }

    /** Both are read while the other one is. */
    private static void fromTwoDrives(Azekura azekura, Path said, String snapshot, Path source, Path to) throws Exception {
        shelve(azekura, "VT0001L5");
        shelve(azekura, "VT0004L5");
        Process restore = azekura.begin("restore", snapshot, "--to", to.toString(), "--limit", "20MiB");
        List<Long> before = reads(said);
        int both = 0;
        for (; restore.isAlive(); Thread.sleep(100)) {
            List<Long> now = reads(said);
            both += now.get(0) > before.get(0) && now.get(1) > before.get(1) ? 1 : 0;
            before = now;
        }
        Run.await(restore, LIMIT, List.of("restore")).exits(0);
        assertTrue(both >= 3, "both drives read within the same tenth of a second only " + both + " times");
        assertEquals(List.of("VT0001L5", "VT0004L5"), inDrives(azekura));
        assertEquals(List.of(), Tree.diff(source, Azekura.at(to, source)));
    }

    private static void fromOneCartridge(Azekura azekura, String snapshot, Path file, Path to) throws Exception {
        shelve(azekura, "VT0001L5");
        shelve(azekura, "VT0004L5");
        azekura.call("restore", snapshot, file.toString(), "--to", to.toString()).exits(0);
        assertEquals(-1, Files.mismatch(file, Azekura.at(to, file)));
        assertEquals(List.of("VT0001L5"), inDrives(azekura));
    }

    private static void missingInARestore(Azekura azekura, Vtl vtl, String snapshot, Path source, Path to) throws Exception {
        int slot = shelve(azekura, "VT0004L5");
        vtl.remove(slot);
        String job = parks(azekura, "cartridge VT0004L5 is not in the library of pool ours; put it in", "restore", snapshot, "--to", to.toString());
        assertTrue(Files.exists(Azekura.at(to, source.resolve("first"))), "what can be had comes at once");
        vtl.insert(slot, "VT0004L5");
        goesOn(azekura, job);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(to, source)));
    }

    private static void wrongInARestore(Azekura azekura, Vtl vtl, String snapshot, Path source, Path to) throws Exception {
        confuse(azekura, vtl, "VT0004L5", "VT0005L5");
        String job = parks(azekura, "cartridge VT0004L5 in the library of pool ours begins with the label of volume \"theirs-1\"", "restore", snapshot, "--to", to.toString());
        assertTrue(Files.exists(Azekura.at(to, source.resolve("first"))), "what can be had comes at once");
        confuse(azekura, vtl, "VT0004L5", "VT0005L5");
        goesOn(azekura, job);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(to, source)));
    }

    /** Takes both out, and puts each where the other one was expected. */
    private static void confuse(Azekura azekura, Vtl vtl, String one, String other) throws Exception {
        int first = shelve(azekura, one);
        int second = shelve(azekura, other);
        vtl.remove(first);
        vtl.remove(second);
        vtl.confuse(one, other);
        azekura.call("library", "show", LIBRARY).exits(0);
        vtl.insert(first, one);
        vtl.insert(second, other);
    }

    private static void destroyLabel(Path medium) throws Exception {
        byte[] content = Files.readAllBytes(medium);
        content[new String(content, US_ASCII).indexOf("AZEKURA VOLUME LABEL") + 3] ^= 1;
        Files.write(medium, content);
    }

    private static void pool(Azekura azekura, String name, String barcode) {
        azekura.call("pool", "create", name, "--driver", "tape", "--set", "library=" + LIBRARY, "--set", "barcode=" + barcode).exits(0);
    }

    /** The job of this command, which waits, and says why. */
    private static String parks(Azekura azekura, String why, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(1, List.of("--park-wait", "1"));
        String job = Parked.job(azekura.call(all.toArray(String[]::new)).exits(1));
        await(azekura, job, now -> now.get("state").asText().equals("parked") && now.path("error").asText().contains(why));
        return job;
    }

    private static void goesOn(Azekura azekura, String job) throws Exception {
        JsonNode ended = await(azekura, job, now -> List.of("done", "warned", "failed").contains(now.get("state").asText()));
        assertEquals("done", ended.get("state").asText(), ended::toString);
    }

    private static JsonNode await(Azekura azekura, String job, Predicate<JsonNode> until) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
            JsonNode now = Rest.get(azekura, "jobs/" + job);
            if (until.test(now)) {
                return now;
            }
        }
        throw new AssertionError("job " + job + " is " + Rest.get(azekura, "jobs/" + job) + Rest.get(azekura, "jobs/" + job + "/log"));
    }

    /** The slot in which it is then. */
    private static int shelve(Azekura azekura, String barcode) {
        JsonNode there = element(azekura, barcode);
        if (there.get("kind").asText().equals("drive")) {
            azekura.call("library", "move", LIBRARY, barcode, "slot").exits(0);
            there = element(azekura, barcode);
        }
        return there.get("address").asInt();
    }

    private static JsonNode element(Azekura azekura, String barcode) {
        return elements(azekura).filter(element -> element.path("barcode").asText().equals(barcode)).findFirst().orElseThrow();
    }

    private static List<String> inDrives(Azekura azekura) {
        return elements(azekura).filter(element -> element.get("kind").asText().equals("drive") && element.hasNonNull("barcode"))
                .map(element -> element.get("barcode").asText()).sorted().toList();
    }

    private static Stream<JsonNode> elements(Azekura azekura) {
        return StreamSupport.stream(azekura.json(0, "library", "show", LIBRARY).get("elements").spliterator(), false);
    }

    private static List<String> volumes(Azekura azekura) {
        return StreamSupport.stream(azekura.json(0, "volume", "list", "--pool", "ours").spliterator(), false)
                .map(row -> row.get("barcode").asText() + " " + row.get("state").asText()).sorted().toList();
    }

    /** How many blocks each of the drives was asked for by READ, which is 08. */
    private static List<Long> reads(Path said) throws IOException {
        long[] count = new long[2];
        try (Stream<Path> files = Files.list(said)) {
            for (Path file : files.toList()) {
                for (int drive = 0; drive < 2; drive++) {
                    if (file.getFileName().toString().contains("vtl_" + (drive + 1) + "-")) {
                        try (Stream<String> lines = Files.lines(file)) {
                            count[drive] += lines.filter(line -> line.startsWith("> 08")).count();
                        }
                    }
                }
            }
        }
        return List.of(count[0], count[1]);
    }

    private static Path random(Path file, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        new Random(file.getFileName().hashCode()).nextBytes(content);
        return Files.write(file, content);
    }
}
