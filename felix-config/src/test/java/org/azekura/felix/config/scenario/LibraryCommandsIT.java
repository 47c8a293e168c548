package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What an operator does with a library from day to day, while hands take cartridges out and put them in. */
class LibraryCommandsIT {

    @Test
    void anOperatorsDay() throws Exception {
        try (var workspace = new Workspace(LibraryCommandsIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            Path folder = workspace.path("library");
            azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + folder, "--set", "slots=8", "--set", "cartridges=6", "--set", "cleaning=2",
                    "--set", "mailSlots=1", "--set", "capacity_MB=64").exits(0);
            azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1").exits(0);
            labels(azekura);
            Path source = workspace.directory("source");
            Tree.bulk(source, 20, 200_000, 37);
            String snapshot = azekura.json(0, "backup", "--pool", "tape", source.toString()).get("snapshot").asText();
            exports(azekura, folder);
            hands(azekura, folder);
            assertTrue(azekura.call("library", "clean", "lib1", "--drive", "0").exits(0).toString().contains("for the 1. time"));
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
        }
    }

    /** Eight slots, two cleaning cartridges: six labels, the first of which the pool made. */
    private static void labels(Azekura azekura) throws Exception {
        assertEquals("already 1, cleaning 2, labelled 5", counted(azekura.json(0, "volume", "label", "--pool", "tape", "--all").get("cartridges")));
        assertEquals("already 6, cleaning 2", counted(azekura.json(0, "volume", "label", "--pool", "tape", "--all").get("cartridges")));
        assertEquals(6, azekura.json(0, "volume", "list", "--pool", "tape").size());
        assertTrue(azekura.call("volume", "scan", "A00004L8", "tape-1").exits(0).toString().contains("A00004L8 is volume A00004L8 of pool tape, with nothing on it yet"));
        List<String> picture = azekura.call("library", "show", "lib1").exits(0).outLines();
        assertTrue(picture.stream().allMatch(line -> line.length() <= 80) && picture.stream().anyMatch(line -> line.contains("CLN002CU")), picture::toString);
    }

    private static void exports(Azekura azekura, Path folder) throws Exception {
        azekura.call("volume", "export", "A00002L8", "--to", "bank safe").exits(0);
        assertEquals("bank safe", volume(azekura, "A00002L8").get("location").asText());
        Run full = azekura.call("volume", "export", "A00003L8").exits(1);
        assertTrue(full.toString().contains("no mail slot of library lib1 is free: 10 (A00002L8)"), full::toString);
        hand(folder, "take A00002L8");
        azekura.call("library", "inventory", "lib1").exits(0);
        assertEquals("bank safe", volume(azekura, "A00002L8").get("location").asText());
        hand(folder, "insert A00002L8");
        assertTrue(azekura.call("volume", "import").exits(0).toString().contains("A00002L8, volume A00002L8 of pool tape, is in slot"));
        assertTrue(volume(azekura, "A00002L8").get("location").asText().startsWith("lib1, slot "));
    }

    private static void hands(Azekura azekura, Path folder) throws Exception {
        azekura.call("library", "move", "lib1", "tape-1", "slot").exits(0);
        hand(folder, "take A00001L8");
        assertTrue(azekura.call("library", "inventory", "lib1").exits(3).toString().contains("is not in library lib1 any more"));
        assertEquals("missing", volume(azekura, "A00001L8").get("state").asText());
        hand(folder, "insert A00001L8");
        azekura.call("volume", "import", "lib1").exits(0);
        assertEquals("appendable", volume(azekura, "A00001L8").get("state").asText());
    }

    private static JsonNode volume(Azekura azekura, String barcode) throws Exception {
        return azekura.json(0, "volume", "show", barcode);
    }

    private static String counted(JsonNode cartridges) {
        return StreamSupport.stream(cartridges.spliterator(), false).collect(Collectors.groupingBy(one -> one.get("state").asText(), TreeMap::new,
                Collectors.counting())).entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue()).collect(Collectors.joining(", "));
    }

    private static void hand(Path folder, String line) throws Exception {
        Files.writeString(folder.resolve("faults"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
