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
    private static final int BYTES = 3_000_000;

    @Test
    void eachSetIsCompleteByItself() throws Exception {
        try (var workspace = new Workspace(MediaSetsIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            Path library = workspace.path("library");
            library(azekura, workspace);
            assertTrue(azekura.call("pool", "cut", "tape").exits(1).oneErrorLine().contains("nothing is in the open media set of pool tape yet"));
            Path source = workspace.directory("source");
            Tree.bulk(source, FILES, BYTES, 45);
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
            without(azekura, library, "A00001L8", () -> {
                restores(azekura, workspace, anew, source, "two");
                lifeGoesOn(azekura, workspace, anew, source);
            });
            restores(azekura, workspace, first, source, "returned");
            assertEquals(0, azekura.json(0, "verify", "--pool", "tape").get("damaged").size());
        }
    }

    @Test
    void whatIsNeededOfASetStaysWhenAnotherExpires() throws Exception {
        try (var workspace = new Workspace(MediaSetsIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            library(azekura, workspace);
            azekura.call("pool", "create", "disk", "--driver", "disk", "--set", "path=" + workspace.directory("disk")).exits(0);
            Path source = workspace.directory("source");
            Tree.bulk(source, FILES, BYTES, 46);
            JsonNode first = azekura.json(0, "backup", "--pool", "tape", source.toString());
            azekura.call("pool", "cut", "tape").exits(0);
            JsonNode second = azekura.json(0, "backup", "--pool", "tape", source.toString());
            azekura.call("snapshot", "delete", first.get("snapshot").asText()).exits(0);
            assertTrue(azekura.call("prune").exits(0).toString().contains("freed"));
            assertEquals(List.of("2 1 A00002L8"), volumes(azekura));
            azekura.call("prune").exits(0);
            restores(azekura, workspace, second, source, "kept");

            azekura.down();
            azekura.up();
            Files.writeString(source.resolve("one more"), "x");
            JsonNode third = azekura.json(0, "backup", "--pool", "tape", source.toString());
            assertTrue(third.get("stored").asLong() < first.get("stored").asLong() / 20, third::toString);
            azekura.call("pool", "rules", "tape", "--set-size", "1MiB").exits(0);
            JsonNode fourth = azekura.json(0, "backup", "--pool", "tape", source.toString());
            assertEquals(List.of("2 1 A00002L8", "3 1 A00001L8"), volumes(azekura));
            azekura.call("pool", "rules", "tape", "--set-size", "0").exits(0);
            restores(azekura, workspace, third, source, "third");
            restores(azekura, workspace, fourth, source, "fourth");
            copies(azekura, workspace, source);
            assertEquals(0, azekura.json(0, "verify").get("damaged").size());
            azekura.call("prune").exits(0);
            restores(azekura, workspace, fourth, source, "last");
        }
    }

    /** Into the open set goes what has no copy in any; a snapshot that is named goes there whole. */
    private static void copies(Azekura azekura, Workspace workspace, Path source) throws Exception {
        JsonNode saved = azekura.json(0, "backup", "--pool", "disk", source.toString());
        JsonNode copied = azekura.json(0, "copy", "--pool", "disk", "--to", "tape");
        assertTrue(copied.get("bytes").asLong() > saved.get("stored").asLong() / 2, copied::toString);
        assertEquals(0, azekura.json(0, "copy", "--pool", "disk", "--to", "tape").get("packs").asInt());
        azekura.call("pool", "cut", "tape").exits(0);
        assertEquals(0, azekura.json(0, "copy", "--pool", "disk", "--to", "tape").get("packs").asInt());
        JsonNode anew = azekura.json(0, "copy", "--snapshot", saved.get("snapshot").asText(), "--to", "tape");
        assertEquals(copied.get("bytes").asLong(), anew.get("bytes").asLong());
        assertEquals(0, azekura.json(0, "copy", "--snapshot", saved.get("snapshot").asText(), "--to", "tape").get("packs").asInt());
        azekura.call("restore", saved.get("snapshot").asText(), "--to", workspace.path("copy").toString(), "--from-copy", "tape").exits(0);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(workspace.path("copy"), source)));
    }

    /** Whether anybody has looked into the library or not: no cartridge is labelled for the set that is away, and the rest is pruned. */
    @Test
    void aPruneLeavesASetInTheVaultAlone() throws Exception {
        try (var workspace = new Workspace(MediaSetsIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            library(azekura, workspace);
            Path library = workspace.path("library");
            Path source = workspace.directory("source");
            Path gone = Files.write(source.resolve("gone"), new byte[0]);
            Tree.bulk(workspace.directory("source/more"), FILES, BYTES, 48);
            JsonNode large = azekura.json(0, "backup", "--pool", "tape", source.toString());
            Files.move(source.resolve("more"), workspace.path("aside"));
            Files.writeString(gone, "little");
            JsonNode little = azekura.json(0, "backup", "--pool", "tape", source.toString());
            azekura.call("pool", "cut", "tape").exits(0);
            JsonNode second = azekura.json(0, "backup", "--pool", "tape", source.toString());
            azekura.call("snapshot", "delete", large.get("snapshot").asText()).exits(0);
            List<String> both = List.of("1 1 A00001L8", "2 1 A00002L8");
            azekura.call("library", "move", "lib1", "A00001L8", "slot").exits(0);
            hand(library, "take A00001L8");
            String unseen = azekura.call("prune").exits(0).toString();
            assertEquals(both, volumes(azekura), unseen);
            azekura.call("library", "inventory", "lib1").exits(3);
            String seen = azekura.call("prune").exits(0).toString();
            assertEquals(both, volumes(azekura), seen);
            restores(azekura, workspace, second, source, "second");

            hand(library, "insert A00001L8");
            azekura.call("volume", "import", "lib1").exits(0);
            String back = azekura.call("prune").exits(0).toString();
            assertEquals(both, volumes(azekura), back);
            restores(azekura, workspace, little, source, "little");
            assertEquals(0, azekura.json(0, "verify", "--pool", "tape").get("damaged").size());
        }
    }

    /** Whether its node has it open still, or could not open it. */
    @Test
    void copiesAndChangesOfTheLibraryGoOnWithASetInTheVault() throws Exception {
        try (var workspace = new Workspace(MediaSetsIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            library(azekura, workspace);
            azekura.call("pool", "create", "disk", "--driver", "disk", "--set", "path=" + workspace.directory("disk")).exits(0);
            Path source = workspace.directory("source");
            Tree.bulk(source, FILES, BYTES, 49);
            JsonNode first = azekura.json(0, "backup", "--pool", "tape", source.toString());
            azekura.call("pool", "cut", "tape").exits(0);
            JsonNode second = azekura.json(0, "backup", "--pool", "tape", source.toString());
            JsonNode saved = azekura.json(0, "backup", "--pool", "disk", source.toString());
            without(azekura, workspace.path("library"), "A00001L8", () -> {
                azekura.call("device", "set", "lib1", "--set", "buffer_MB=8").exits(0);
                azekura.down();
                azekura.up();
                azekura.call("device", "set", "lib1", "--set", "buffer_MB=4").exits(0);
                assertEquals(1, azekura.json(0, "copy", "--snapshot", saved.get("snapshot").asText(), "--to", "tape").get("snapshots").size());
                assertEquals(second.get("snapshot"), azekura.json(0, "copy", "--pool", "tape", "--to", "disk").get("snapshots").get(0));
            });
            restores(azekura, workspace, first, source, "returned");
            assertEquals(first.get("snapshot"), azekura.json(0, "copy", "--pool", "tape", "--to", "disk").get("snapshots").get(0));
            assertEquals(List.of("1 1 A00001L8", "2 1 A00002L8"), volumes(azekura).stream().distinct().toList(), "the copies lie on the second, too");
        }
    }

    @Test
    void aPoolThatHoldsOnlyCopiesIsCutToo() throws Exception {
        try (var workspace = new Workspace(MediaSetsIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            library(azekura, workspace);
            azekura.call("pool", "create", "disk", "--driver", "disk", "--set", "path=" + workspace.directory("disk")).exits(0);
            Path source = workspace.directory("source");
            copied(azekura, source, "one", 51);
            assertEquals("tape.set2", azekura.json(0, "pool", "cut", "tape").get("name").asText());
            copied(azekura, source, "two", 52);
            azekura.call("prune").exits(0);
            azekura.call("pool", "rules", "tape", "--set-size", "1MiB").exits(0);
            copied(azekura, source, "three", 53);
            List<String> sets = new ArrayList<>();
            for (JsonNode row : azekura.json(0, "volume", "list", "--pool", "tape")) {
                if (row.hasNonNull("barcode")) {
                    sets.add(row.get("set").asInt() + " " + row.get("barcode").asText());
                }
            }
            // the pool's own volume and that of the copies begin on one cartridge
            assertEquals(List.of("1 A00001L8", "2 A00002L8", "3 A00003L8"), sets.stream().distinct().toList());
            assertEquals(0, azekura.json(0, "verify").get("damaged").size());
        }
    }

    /** More is saved, and copied. */
    private static void copied(Azekura azekura, Path source, String more, int seed) throws Exception {
        Tree.bulk(Files.createDirectory(source.resolve(more)), FILES, BYTES, seed);
        azekura.json(0, "backup", "--pool", "disk", source.toString());
        assertTrue(azekura.json(0, "copy", "--pool", "disk", "--to", "tape").get("packs").asInt() > 0);
    }

    @Test
    void aCatalogIsMadeAnewFromOneSetOrAll() throws Exception {
        try (var workspace = new Workspace(MediaSetsIT.class)) {
            Path key = workspace.path("recovery.txt");
            Path source = workspace.directory("source");
            Tree.bulk(source, FILES, BYTES, 47);
            JsonNode first;
            JsonNode second;
            try (var azekura = Azekura.up(workspace.path("home"))) {
                library(azekura, workspace);
                first = azekura.json(0, "backup", "--pool", "tape", source.toString());
                azekura.call("pool", "cut", "tape").exits(0);
                second = azekura.json(0, "backup", "--pool", "tape", source.toString());
                azekura.call("key", "export", "--pool", "tape", "--to", key.toString()).exits(0);
            }
            try (var azekura = Azekura.up(workspace.path("one"))) {
                device(azekura, workspace);
                assertEquals(1, azekura.json(0, "catalog", "rebuild", "--from", "A00002L8").get("snapshots").asInt());
                azekura.call("key", "import", key.toString()).exits(0);
                restores(azekura, workspace, second, source, "alone");
            }
            try (var azekura = Azekura.up(workspace.path("all"))) {
                device(azekura, workspace);
                assertEquals(2, azekura.json(0, "catalog", "rebuild", "--from", "A00001L8", "A00002L8").get("snapshots").asInt());
                azekura.call("key", "import", key.toString()).exits(0);
                assertEquals(List.of("1 1 A00001L8", "2 1 A00002L8"), volumes(azekura));
                restores(azekura, workspace, first, source, "first");
                restores(azekura, workspace, second, source, "second");
                JsonNode next = azekura.json(0, "backup", "--pool", "tape", source.toString());
                assertTrue(next.get("stored").asLong() < first.get("stored").asLong() / 20, next::toString);
                azekura.call("pool", "cut", "tape").exits(0);
                assertEquals(List.of("1 1 A00001L8", "2 1 A00002L8", "3 1 A00003L8"), volumes(azekura));
                azekura.call("prune").exits(0);
                restores(azekura, workspace, first, source, "pruned");
            }
        }
    }

    private static void library(Azekura azekura, Workspace workspace) {
        device(azekura, workspace);
        azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1").exits(0);
    }

    private static void device(Azekura azekura, Workspace workspace) {
        azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + workspace.path("library"), "--set", "cartridges=4", "--set", "capacity_MB=64")
                .exits(0);
    }

    /** Also for an appliance that starts while a set is in the vault. */
    private static void lifeGoesOn(Azekura azekura, Workspace workspace, JsonNode backup, Path source) throws Exception {
        azekura.down();
        azekura.up();
        assertTrue(azekura.call("prune").exits(0).toString().contains("freed"));
        assertTrue(azekura.json(0, "backup", "--pool", "tape", source.toString()).get("stored").asLong() < BYTES / 20);
        restores(azekura, workspace, backup, source, "vaulted");
        String status = azekura.call("status").toString();
        assertTrue(!status.contains("can't be used"), status);
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
