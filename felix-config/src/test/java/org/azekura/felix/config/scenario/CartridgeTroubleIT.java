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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What jobs do on a library over SCSI (tgtd) when the cartridge that they need is not there, is another one under the same barcode, has lost its label, or is for
 * cleaning; and a restore from three cartridges in two drives.
 */
@ExtendWith(Shared.class)
class CartridgeTroubleIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String LIBRARY = "troubled";
    /** Less than a pack, of 32 MiB: so one is the last on its cartridge. */
    private static final int CARTRIDGE_MB = 30;
    /** That both drives read at once is seen by so many blocks of each, which are more than a label. */
    private static final int BLOCKS = 4;
    /** MOVE MEDIUM from anywhere to element 500 or 501, in a recording. */
    private static final Pattern READ = Pattern.compile("> 08.*");
    private static final int CHANGER = 3;
    private static final Pattern LOADED = Pattern.compile("> a500\\p{XDigit}{8}01f[45].*");

    @Test
    void jobsWaitForTheCartridgeTheyNeedAndWriteOnNoOther(Azekura azekura, @TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (var workspace = new Workspace(CartridgeTroubleIT.class); Vtl vtl = Vtl.start(dir, CARTRIDGE_MB)) {
            Path said = workspace.directory("said");
            azekura.call("device", "add", LIBRARY, "--driver", "tape", "--set", "changer=" + vtl.changer(), "--set", "drives=" + vtl.drive(0) + "," + vtl.drive(1), "--set",
                    "recordings=" + said).exits(0);
            pool(azekura, "ours", "VT0001L5");
            pool(azekura, "theirs", "VT0005L5");
            azekura.call("pool", "rules", "ours", "--blank", "no").exits(0);
            String refused = azekura.call("pool", "rules", "ours", "--encryption", "drive").exits(1).oneErrorLine();
            assertTrue(refused.contains("no drive of library " + LIBRARY), refused);
            Path theirs = random(workspace.directory("theirs").resolve("file"), 6 << 20).getParent();
            String kept = azekura.backup(theirs, "--pool", "theirs");
            Path source = random(workspace.directory("source").resolve("first"), 8 << 20).getParent();
            azekura.backup(source, "--pool", "ours");
            missingInABackup(azekura, vtl, source);
            wrongInABackup(azekura, vtl, source);
            String snapshot = neitherWithoutLabelNorForCleaning(azekura, vtl, source);
            inTwoDrives(azekura, said, snapshot, source, workspace.path("together"));
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

    /** Of those that were labelled beforehand one has lost its label, and the one for cleaning is none of them. The snapshot, which lies on three. */
    private static String neitherWithoutLabelNorForCleaning(Azekura azekura, Vtl vtl, Path source) throws Exception {
        byte[] cleaner = Files.readAllBytes(vtl.medium("CLN001L1"));
        Run labelled = azekura.call("volume", "label", "--pool", "ours", "--all").exits(0);
        assertTrue(labelled.out().contains("CLN001L1 is a cleaning cartridge: left alone"), labelled::out);
        shelve(azekura, "VT0002L5");
        destroyLabel(vtl.medium("VT0002L5"));
        byte[] destroyed = Files.readAllBytes(vtl.medium("VT0002L5"));
        random(source.resolve("wide"), 72 << 20);
        // there it would come before all others: tgtd takes it for a blank one, and what lies in a drive saves a mount
        azekura.call("pool", "rules", "ours", "--blank", "yes").exits(0);
        shelveAll(azekura);
        azekura.call("library", "move", LIBRARY, "CLN001L1", "drive:0").exits(0);
        String snapshot = azekura.backup(source, "--pool", "ours");
        assertEquals(List.of("VT0001L5 full", "VT0002L5 quarantined", "VT0003L5 full", "VT0004L5 appendable"), volumes(azekura));
        shelve(azekura, "VT0002L5");
        assertArrayEquals(destroyed, Files.readAllBytes(vtl.medium("VT0002L5")));
        assertArrayEquals(cleaner, Files.readAllBytes(vtl.medium("CLN001L1")));
        return snapshot;
    }

    /** Three cartridges in two drives, both of which read at once, and each is brought once. */
    private static void inTwoDrives(Azekura azekura, Path said, String snapshot, Path source, Path to) throws Exception {
        shelveAll(azekura);
        long before = count(said, CHANGER, LOADED);
        Process restore = azekura.begin("restore", snapshot, "--to", to.toString(), "--limit", "20MiB");
        List<List<Long>> reads = new ArrayList<>();
        do {
            reads.add(List.of(count(said, 1, READ), count(said, 2, READ)));
            Thread.sleep(20);
        } while (restore.isAlive());
        Run.await(restore, LIMIT, List.of("restore")).exits(0);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(to, source)));
        assertEquals(3, count(said, CHANGER, LOADED) - before, "each cartridge is brought once");
        for (int drive = 0; drive < Vtl.DRIVES; drive++) {
            int other = 1 - drive;
            List<List<Long>> meanwhile = reads.stream().filter(now -> now.get(other) > reads.getFirst().get(other) && now.get(other) < reads.getLast().get(other)).toList();
            assertTrue(!meanwhile.isEmpty() && meanwhile.getLast().get(drive) - meanwhile.getFirst().get(drive) >= BLOCKS, "not while the other one did: " + reads);
        }
    }

    private static void fromOneCartridge(Azekura azekura, String snapshot, Path file, Path to) throws Exception {
        shelveAll(azekura);
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
        JsonNode verified = azekura.json(3, "verify", "--pool", "ours");
        assertTrue(verified.get("packs").asInt() > 0 && verified.get("damaged").isEmpty(), verified::toString);
        confuse(azekura, vtl, "VT0004L5", "VT0005L5");
        goesOn(azekura, job);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(to, source)));
    }

    /** Takes both out, which the node sees, and puts each where the other one was expected. */
    private static void confuse(Azekura azekura, Vtl vtl, String one, String other) throws Exception {
        int first = shelve(azekura, one);
        int second = shelve(azekura, other);
        vtl.remove(first);
        vtl.remove(second);
        vtl.confuse(one, other);
        elements(azekura);
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
    private static int shelve(Azekura azekura, String barcode) throws Exception {
        JsonNode there = element(azekura, barcode);
        if (there.get("kind").asText().equals("drive")) {
            azekura.call("library", "move", LIBRARY, barcode, "slot").exits(0);
            there = element(azekura, barcode);
        }
        return there.get("address").asInt();
    }

    private static void shelveAll(Azekura azekura) throws Exception {
        for (String loaded : inDrives(azekura)) {
            shelve(azekura, loaded);
        }
    }

    private static JsonNode element(Azekura azekura, String barcode) throws Exception {
        return elements(azekura).filter(element -> element.path("barcode").asText().equals(barcode)).findFirst().orElseThrow();
    }

    private static List<String> inDrives(Azekura azekura) throws Exception {
        return elements(azekura).filter(element -> element.get("kind").asText().equals("drive") && element.hasNonNull("barcode"))
                .map(element -> element.get("barcode").asText()).sorted().toList();
    }

    private static Stream<JsonNode> elements(Azekura azekura) throws Exception {
        return StreamSupport.stream(Rest.get(azekura, "libraries/" + LIBRARY).get("elements").spliterator(), false);
    }

    private static List<String> volumes(Azekura azekura) {
        return StreamSupport.stream(azekura.json(0, "volume", "list", "--pool", "ours").spliterator(), false)
                .map(row -> row.get("barcode").asText() + " " + row.get("state").asText()).sorted().toList();
    }

    /** How often something was asked of a logical unit. */
    private static long count(Path said, int unit, Pattern what) throws IOException {
        long count = 0;
        try (Stream<Path> files = Files.list(said)) {
            for (Path file : files.filter(one -> one.getFileName().toString().contains("vtl_" + unit + "-")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    count += lines.filter(line -> what.matcher(line).matches()).count();
                }
            }
        }
        return count;
    }

    private static Path random(Path file, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        new Random(file.getFileName().hashCode()).nextBytes(content);
        return Files.write(file, content);
    }
}
