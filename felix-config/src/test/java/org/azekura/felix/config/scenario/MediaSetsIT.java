package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool in a library over SCSI (tgtd) is cut into media sets: each is complete by itself, whatever lies in the vault. What else becomes of sets is shown by
 * {@code MediaSetJobTest}.
 */
class MediaSetsIT {

    private static final int FILES = 20;
    private static final int BYTES = 3_000_000;

    @Test
    void eachSetIsCompleteByItself(@TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (var workspace = new Workspace(MediaSetsIT.class); Vtl vtl = Vtl.start(dir)) {
            Path key = workspace.path("recovery.txt");
            Path source = workspace.directory("source");
            Tree.bulk(source, FILES, BYTES, 45);
            JsonNode second;
            try (var azekura = Azekura.up(workspace.path("home"))) {
                add(azekura, vtl);
                azekura.call("pool", "create", "tape", "--driver", "tape", "--set", "library=lib1").exits(0);
                assertTrue(azekura.call("pool", "cut", "tape").exits(1).oneErrorLine().contains("nothing is in the open media set of pool tape yet"));
                JsonNode first = azekura.json(0, "backup", "--pool", "tape", source.toString());
                assertEquals("tape.set2", azekura.json(0, "pool", "cut", "tape").get("name").asText());
                JsonNode whole = azekura.json(0, "backup", "--pool", "tape", source.toString());
                second = whole;
                assertTrue(stored(whole) > stored(first) * 9 / 10, whole + " after " + first);
                assertEquals(List.of("1 1 VT0001L5 appendable", "2 1 VT0002L5 appendable"), volumes(azekura));

                inTheVault(azekura, vtl, 2, "VT0002L5", () -> restores(azekura, workspace, first, source, "one"));
                inTheVault(azekura, vtl, 1, "VT0001L5", () -> lifeGoesOn(azekura, workspace, whole, source));
                restores(azekura, workspace, first, source, "returned");
                assertEquals(0, azekura.json(0, "verify", "--pool", "tape").get("damaged").size());
                azekura.call("key", "export", "--pool", "tape", "--to", key.toString()).exits(0);
            }
            try (var azekura = Azekura.up(workspace.path("another"))) {
                add(azekura, vtl);
                assertEquals(2, azekura.json(0, "catalog", "rebuild", "--from", "VT0002L5").get("snapshots").asInt());
                azekura.call("key", "import", key.toString()).exits(0);
                restores(azekura, workspace, second, source, "alone");
            }
        }
    }

    private static void add(Azekura azekura, Vtl vtl) {
        azekura.call("device", "add", "lib1", "--driver", "tape", "--set", "changer=" + vtl.changer(), "--set", "drives=" + vtl.drive(0) + "," + vtl.drive(1)).exits(0);
    }

    private static long stored(JsonNode backup) {
        return backup.get("stored").asLong();
    }

    private interface Step {
        void run() throws Exception;
    }

    /** What is done while a set is there that has one cartridge, and a hand has taken it from the mail slot. */
    private static void inTheVault(Azekura azekura, Vtl vtl, int set, String barcode, Step step) throws Exception {
        azekura.call("volume", "export", "--pool", "tape", "--set", Integer.toString(set), "--to", "vault").exits(0);
        vtl.remove(Vtl.FIRST_MAIL_SLOT);
        assertTrue(volumes(azekura).contains(set + " 1 " + barcode + " missing"));
        step.run();
        vtl.insert(Vtl.FIRST_MAIL_SLOT, barcode);
        azekura.call("volume", "import", "lib1").exits(0);
    }

    /** The library's settings are changed also where its node has the closed set open, and where it could not open it. */
    private static void lifeGoesOn(Azekura azekura, Workspace workspace, JsonNode backup, Path source) throws Exception {
        azekura.call("device", "set", "lib1", "--set", "protectBlocks=false").exits(0);
        azekura.down();
        azekura.up();
        azekura.call("device", "set", "lib1", "--set", "protectBlocks=true").exits(0);
        assertTrue(azekura.call("prune").exits(0).toString().contains("freed"));
        assertTrue(stored(azekura.json(0, "backup", "--pool", "tape", source.toString())) < BYTES / 20);
        restores(azekura, workspace, backup, source, "vaulted");
        JsonNode status = Rest.get(azekura, "status");
        assertTrue(!status.toString().contains("can't be used"), status::toString);
    }

    private static void restores(Azekura azekura, Workspace workspace, JsonNode backup, Path source, String to) throws Exception {
        assertEquals(List.of(), Tree.diff(source, azekura.restore(backup.get("snapshot").asText(), source, workspace.path(to))));
    }

    /** Of the pool: set, number, barcode and state of each. */
    private static List<String> volumes(Azekura azekura) throws Exception {
        return StreamSupport.stream(Rest.get(azekura, "volumes?pool=tape").spliterator(), false).map(row -> row.get("set").asInt() + " " + row.get("number").asInt() + " "
                + row.get("barcode").asText() + " " + row.get("state").asText()).toList();
    }
}
