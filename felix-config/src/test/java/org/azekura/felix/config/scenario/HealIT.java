package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scenario 17 goes on: the next backup stores again what was found damaged. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class HealIT {

    @Test
    void theNextBackupHealsTheOldSnapshotTooWhateverIsRestartedBetween() throws Exception {
        try (var workspace = new Workspace(HealIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            Path source = workspace.path("source");
            Tree.bulk(source, 100, 10_000_000, 18);
            String before = azekura.backup(source);
            Path packs = azekura.home.resolve("pools/default/packs");
            int written = Azekura.files(packs).size();
            flipInTheMiddle(packs.resolve(Azekura.files(packs).entrySet().stream().max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                    .map(Map.Entry::getKey).orElseThrow()));
            assertTrue(!lost(azekura).isEmpty());

            azekura.down();
            azekura.up();
            String after = azekura.backup(source);
            assertTrue(Azekura.files(packs).size() > written, "nothing was stored");
            for (int start = 1; start <= 2; start++) {
                azekura.down();
                azekura.up();
                assertEquals(List.of(), Tree.diff(source, azekura.restore(before, source, workspace.path("before " + start))));
                assertEquals(List.of(), Tree.diff(source, azekura.restore(after, source, workspace.path("after " + start))));
                assertEquals(List.of(), lost(azekura), "the pack is damaged, but no file needs what it lost");
            }
        }
    }

    private static List<String> lost(Azekura azekura) {
        JsonNode damaged = azekura.json(1, "verify").get("damaged");
        assertEquals(1, damaged.size(), damaged::toString);
        return damaged.get(0).findValues("files").stream().flatMap(files -> files.valueStream()).map(JsonNode::asText).toList();
    }

    private static void flipInTheMiddle(Path file) throws Exception {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = bytes.length() / 2;
            bytes.seek(middle);
            int value = bytes.read();
            bytes.seek(middle);
            bytes.write(value ^ 0x10);
        }
    }
}
