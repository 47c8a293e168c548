package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pool in a library is cut into media sets: each is complete by itself, whatever lies in the vault. */
class MediaSetsIT {

    private static final int FILES = 20;
    private static final int EACH = 300_000;

    @Test
    void eachSetIsCompleteByItself() throws Exception {
        try (var workspace = new Workspace(MediaSetsIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            Path library = workspace.path("library");
            azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + library, "--set", "cartridges=4", "--set", "capacity_MB=64").exits(0);
            azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1").exits(0);
            assertTrue(azekura.call("pool", "cut", "tape").exits(1).oneErrorLine().contains("nothing is in the open media set of pool tape yet"));
            Path source = workspace.directory("source");
            Tree.bulk(source, FILES, EACH, 45);
            JsonNode first = azekura.json(0, "backup", "--pool", "tape", source.toString());
            JsonNode again = azekura.json(0, "backup", "--pool", "tape", source.toString());
            assertTrue(again.get("stored").asLong() < first.get("stored").asLong() / 20, again::toString);

            assertEquals("tape.set2", azekura.json(0, "pool", "cut", "tape").get("name").asText());
            JsonNode anew = azekura.json(0, "backup", "--pool", "tape", source.toString());
            assertTrue(anew.get("stored").asLong() > first.get("stored").asLong() * 9 / 10, anew + " after " + first);
            JsonNode known = azekura.json(0, "backup", "--pool", "tape", source.toString());
            assertTrue(known.get("stored").asLong() < anew.get("stored").asLong() / 20, known::toString);
            assertEquals(List.of("1 1 A00001L8", "2 1 A00002L8"), volumes(azekura));

            without(azekura, library, "A00002L8", () -> restores(azekura, workspace, first, source, "one"));
            without(azekura, library, "A00001L8", () -> restores(azekura, workspace, anew, source, "two"));
            assertEquals(0, azekura.json(0, "verify", "--pool", "tape").get("damaged").size());
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    /** What is done while a cartridge is in the vault. */
    private static void without(Azekura azekura, Path library, String barcode, Step step) throws Exception {
        azekura.call("library", "move", "lib1", barcode, "slot").exits(0);
        hand(library, "take " + barcode);
        azekura.call("library", "inventory", "lib1").exits(3);
        step.run();
        hand(library, "insert " + barcode);
        azekura.call("volume", "import", "lib1").exits(0);
    }

    private static void restores(Azekura azekura, Workspace workspace, JsonNode backup, Path source, String to) throws Exception {
        assertEquals(List.of(), Tree.diff(source, azekura.restore(backup.get("snapshot").asText(), source, workspace.path(to))));
    }

    private static void hand(Path folder, String line) throws Exception {
        Files.writeString(folder.resolve("faults"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Of the pool: set, number and barcode of each. */
    private static List<String> volumes(Azekura azekura) throws Exception {
        List<String> volumes = new ArrayList<>();
        for (JsonNode row : azekura.json(0, "volume", "list", "--pool", "tape")) {
            volumes.add(row.get("set").asInt() + " " + row.get("number").asInt() + " " + row.get("barcode").asText());
        }
        return volumes;
    }
}
