package org.azekura.felix.config.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import org.junit.jupiter.api.io.TempDir;

/**
 * A tape library over SCSI (tgtd) with cartridges of 64 MB, from its labels to the loss of the appliance: two pools in two drives, a backup over three cartridges that
 * passes one whose label was destroyed, hands and mail slots, slots that were reset, and a catalog made anew from the cartridges.
 */
class TapeLibraryIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void livesAndIsMadeAnewFromItsCartridges(@TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (var workspace = new Workspace(TapeLibraryIT.class); Vtl vtl = Vtl.start(dir)) {
            Path one = source(workspace, "one", 3 << 20);
            Path other = source(workspace, "other", 20 << 20);
            Path wide = source(workspace, "wide", 140 << 20);
            Path key = workspace.path("recovery.txt");
            String small;
            String large;
            try (var azekura = Azekura.up(workspace.path("home"))) {
                add(azekura, vtl);
                pool(azekura, "a", "VT0001L5");
                pool(azekura, "b", "VT0005L5");
                labels(azekura);
                small = inTwoDrives(azekura, one, other);
                destroyLabel(vtl.medium("VT0002L5"));
                large = azekura.backup(wide, "--pool", "a");
                assertEquals(List.of("VT0001L5 full", "VT0002L5 quarantined", "VT0003L5 full", "VT0004L5 appendable"), volumes(azekura));
                assertEquals(List.of(), Tree.diff(wide, azekura.restore(large, wide, workspace.path("restored"))));
                assertEquals(List.of("VT0001L5"), barcodes(azekura.json(0, "snapshot", "where", small)));
                assertEquals(0, azekura.json(0, "verify", "--pool", "a").get("damaged").size());
                hands(azekura, vtl);
                azekura.call("key", "export", "--pool", "a", "--to", key.toString()).exits(0);
            }
            try (var azekura = Azekura.up(workspace.path("another"))) {
                add(azekura, vtl);
                azekura.json(0, "catalog", "rebuild", "--from", "VT0001L5", "VT0003L5", "VT0004L5");
                azekura.call("key", "import", key.toString()).exits(0);
                assertEquals(List.of(), Tree.diff(one, azekura.restore(small, one, workspace.path("again1"))));
                assertEquals(List.of(), Tree.diff(wide, azekura.restore(large, wide, workspace.path("again2"))));
            }
        }
    }

    private static void add(Azekura azekura, Vtl vtl) {
        azekura.call("device", "add", "lib1", "--driver", "tape", "--set", "changer=" + vtl.changer(), "--set", "drives=" + vtl.drive(0) + "," + vtl.drive(1)).exits(0);
    }

    private static void pool(Azekura azekura, String name, String barcode) {
        azekura.call("pool", "create", name, "--driver", "tape", "--set", "library=lib1", "--set", "barcode=" + barcode).exits(0);
    }

    /** That of the other pool is left alone. */
    private static void labels(Azekura azekura) {
        List<String> made = states(azekura.json(0, "volume", "label", "--pool", "a", "--all"));
        assertEquals(List.of("CLN001L1 cleaning", "VT0001L5 already", "VT0002L5 labelled", "VT0003L5 labelled", "VT0004L5 labelled"), made.subList(0, 5));
        List<String> again = states(azekura.json(0, "volume", "label", "--pool", "a", "--all"));
        assertEquals(List.of("CLN001L1 cleaning", "VT0001L5 already", "VT0002L5 already", "VT0003L5 already", "VT0004L5 already"), again.subList(0, 5));
    }

    /** The snapshot of the first. */
    private static String inTwoDrives(Azekura azekura, Path one, Path other) throws Exception {
        Process first = azekura.begin("backup", "--pool", "a", one.toString());
        Process second = azekura.begin("backup", "--pool", "b", other.toString());
        String snapshot = Run.await(first, LIMIT, List.of("backup", "a")).exits(0).outLines().getLast();
        Run.await(second, LIMIT, List.of("backup", "b")).exits(0);
        List<String> drives = StreamSupport.stream(azekura.json(0, "library", "show", "lib1").get("elements").spliterator(), false)
                .filter(element -> element.get("kind").asText().equals("drive")).map(element -> element.path("barcode").asText()).sorted().toList();
        assertEquals(List.of("VT0001L5", "VT0005L5"), drives);
        return snapshot;
    }

    /** A byte of it, in the file that tgtd keeps the cartridge in. */
    private static void destroyLabel(Path medium) throws Exception {
        byte[] content = Files.readAllBytes(medium);
        int at = new String(content, US_ASCII).indexOf("AZEKURA VOLUME LABEL");
        content[at + 3] ^= 1;
        Files.write(medium, content);
    }

    /** Full mail slots, a cartridge that is away, and slots that are as they were set up when the library comes back. */
    private static void hands(Azekura azekura, Vtl vtl) throws Exception {
        azekura.call("volume", "export", "VT0005L5", "--to", "bank safe").exits(0);
        azekura.call("volume", "export", "VT0002L5").exits(0);
        String full = azekura.call("volume", "export", "VT0003L5").exits(1).toString();
        assertTrue(full.contains("no mail slot of library lib1 is free"), full);
        vtl.remove(Vtl.FIRST_MAIL_SLOT);
        vtl.remove(Vtl.FIRST_MAIL_SLOT + 1);
        azekura.call("library", "inventory", "lib1");
        assertEquals("bank safe", azekura.json(0, "volume", "show", "VT0005L5").get("location").asText());
        vtl.kill();
        vtl.restart();
        azekura.call("library", "inventory", "lib1");
        String picture = azekura.call("library", "show", "lib1").exits(0).toString();
        assertTrue(picture.contains("VT0001L5") && picture.contains("VT0003L5") && picture.contains("CLN001L1"), picture);
    }

    /** Of pool a. */
    private static List<String> volumes(Azekura azekura) {
        return StreamSupport.stream(azekura.json(0, "volume", "list", "--pool", "a").spliterator(), false)
                .map(row -> row.get("barcode").asText() + " " + row.get("state").asText()).sorted().toList();
    }

    private static List<String> states(JsonNode result) {
        return StreamSupport.stream(result.get("cartridges").spliterator(), false).map(one -> one.get("barcode").asText() + " " + one.get("state").asText()).sorted().toList();
    }

    private static List<String> barcodes(JsonNode lying) {
        return StreamSupport.stream(lying.spliterator(), false).map(one -> one.get("barcode").asText()).toList();
    }

    private static Path source(Workspace workspace, String name, int bytes) throws Exception {
        Path source = workspace.directory(name);
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(source.resolve("random"), content);
        return source;
    }
}
