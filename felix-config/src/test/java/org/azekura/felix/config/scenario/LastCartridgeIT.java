package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An appliance is lost, and of its cartridges in a library over SCSI (tgtd) only the last is there: that brings back the catalog; the others are needed for content. */
class LastCartridgeIT {

    private static final String POOL = "lastone";

    @Test
    void bringsBackTheCatalogAlone(@TempDir Path dir) throws Exception {
        Vtl.assumeUsable();
        try (var workspace = new Workspace(LastCartridgeIT.class); Vtl vtl = Vtl.start(dir)) {
            Path source = source(workspace);
            Path key = workspace.path("recovery.txt");
            String snapshot;
            List<String> used;
            try (var azekura = Azekura.up(workspace.path("home"))) {
                add(azekura, vtl);
                azekura.call("pool", "create", POOL, "--driver", "tape", "--set", "library=lib1").exits(0);
                snapshot = azekura.backup(source, "--pool", POOL);
                used = volumes(azekura, "barcode");
                nothingOpensALock(azekura, snapshot, used);
                azekura.call("key", "export", "--pool", POOL, "--to", key.toString()).exits(0);
            }
            assertEquals(3, used.size(), used::toString);
            // Where they were at first.
            vtl.kill();
            vtl.restart();
            for (int i = 0; i < Vtl.BARCODES.size(); i++) {
                if (!Vtl.BARCODES.get(i).equals(used.getLast())) {
                    vtl.remove(Vtl.FIRST_SLOT + i);
                }
            }
            try (var azekura = Azekura.up(workspace.path("another"))) {
                add(azekura, vtl);
                JsonNode result = azekura.json(0, "catalog", "rebuild", "--from", used.getLast());
                assertEquals(1, result.get("snapshots").asInt(), result::toString);
                assertEquals(List.of("missing", "missing", "appendable"), volumes(azekura, "state"));
                assertTrue(azekura.call("volume", "forget", used.getFirst(), "--lost", "--why", "gone").exits(1).err().contains("nobody can delete"));
                azekura.call("snapshot", "delete", snapshot).exits(4);
                for (String barcode : used.subList(0, 2)) {
                    vtl.insert(Vtl.FIRST_SLOT + Vtl.BARCODES.indexOf(barcode), barcode);
                }
                azekura.call("library", "inventory", "lib1").exits(0);
                azekura.call("key", "import", key.toString()).exits(0);
                assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
                readsThrough(azekura, vtl, used.getFirst());
            }
        }
    }

    /** Each command by which the data could go, from the one that asks plainly to those that have it go by the way. What comes behind this, with another catalog, restores all of it. */
    private static void nothingOpensALock(Azekura azekura, String snapshot, List<String> used) {
        azekura.call("pool", "lock", POOL, "--for", "30d").exits(0);
        assertTrue(azekura.call("snapshot", "delete", snapshot).exits(4).err().contains("nobody can delete it before"), snapshot);
        azekura.call("pool", "lock", POOL, "--for", "1d").exits(4);
        azekura.call("pool", "delete", POOL).exits(1);
        azekura.call("pool", "create", "thief", "--driver", "tape", "--set", "library=lib1").exits(0);
        for (String barcode : used) {
            azekura.call("volume", "label", "--pool", "thief", "--barcode", barcode).exits(3);
        }
        azekura.call("prune", "--pool", POOL).exits(0);
        azekura.call("device", "remove", "lib1");
        String client = azekura.json(0, "snapshot", "show", snapshot).get("client").asText();
        azekura.call("client", "revoke", client);
        azekura.call("pool", "delete", "thief").exits(0);
        assertEquals(used, volumes(azekura, "barcode").subList(0, used.size()));
        azekura.json(0, "snapshot", "show", snapshot);
    }

    private static void readsThrough(Azekura azekura, Vtl vtl, String barcode) throws Exception {
        JsonNode clean = azekura.json(0, "volume", "scan", "--deep", barcode).get("cartridges").get(0);
        JsonNode content = clean.get("content");
        assertEquals("found", clean.get("state").asText(), clean::toString);
        assertTrue(content.get("known").asInt() > 0 && content.get("missing").asInt() == 0 && content.get("damage").isEmpty(), clean::toString);
        byte[] medium = Files.readAllBytes(vtl.medium(barcode));
        medium[medium.length / 2] ^= 1;
        Files.write(vtl.medium(barcode), medium);
        JsonNode damaged = azekura.json(1, "volume", "scan", "--deep", barcode).get("cartridges").get(0);
        assertEquals("damaged", damaged.get("state").asText(), damaged::toString);
        assertEquals(1, damaged.get("content").get("unreadable").asInt(), damaged::toString);
        assertEquals(1, damaged.get("content").get("missing").asInt(), damaged::toString);
    }

    private static void add(Azekura azekura, Vtl vtl) {
        azekura.call("device", "add", "lib1", "--driver", "tape", "--set", "changer=" + vtl.changer(), "--set", "drives=" + vtl.drive(0)).exits(0);
    }

    /** Of the pool, in the order in which they were labelled. */
    private static List<String> volumes(Azekura azekura, String field) {
        return StreamSupport.stream(azekura.json(0, "volume", "list", "--pool", POOL).spliterator(), false).map(row -> row.get(field).asText()).toList();
    }

    private static Path source(Workspace workspace) throws Exception {
        Path source = workspace.directory("source");
        byte[] content = new byte[35 << 20];
        Random random = new Random(4711);
        for (int i = 0; i < 4; i++) {
            random.nextBytes(content);
            Files.write(source.resolve("random" + i), content);
        }
        return source;
    }
}
