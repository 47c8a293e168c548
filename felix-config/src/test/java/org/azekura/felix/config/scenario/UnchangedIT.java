package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.SortedMap;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second backup of what has not changed. */
@ExtendWith(Shared.class)
class UnchangedIT {

    private static final int FILES = Seeds.slow() ? 100_000 : 20_000;
    private static final int MANIFEST = 16 * 1024;

    @Test
    void theSecondBackupOfManyFilesAddsOnlyItsManifest(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(UnchangedIT.class)) {
            Path source = workspace.path("source");
            Path pool = workspace.path("pool");
            azekura.call("pool", "create", "unchanged", "--driver", "disk", "--set", "path=" + pool).exits(0);
            Tree.bulk(source, FILES, 120_000_000, 7);
            azekura.backup(source, "--pool", "unchanged");
            SortedMap<String, Long> volume = Azekura.files(pool);
            SortedMap<String, Long> trees = Azekura.files(azekura.home.resolve("trees"));

            JsonNode second = azekura.json(0, "backup", "--pool", "unchanged", source.toString());

            assertEquals(FILES, second.get("files").asInt());
            SortedMap<String, Long> added = Azekura.files(pool);
            volume.forEach((name, size) -> assertEquals(size, added.remove(name), name));
            assertEquals(1, added.size(), added::toString);
            assertTrue(added.firstKey().startsWith("snapshots/") && added.get(added.firstKey()) < MANIFEST, added::toString);
            assertEquals(trees, Azekura.files(azekura.home.resolve("trees")));
            assertTrue(second.get("stored").asLong() < MANIFEST, second::toString);
        }
    }
}
