package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 3. */
@ExtendWith(Shared.class)
class SparseIT {

    private static final long SIZE = 2L << 30;
    private static final long FEW_MEGABYTES = 4 << 20;

    @Test
    void aSparseFileOf2GibWithThreeIslandsStaysSparse(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(SparseIT.class)) {
            Path source = workspace.directory("source");
            Tree.sparse(source.resolve("disk.img"), SIZE, 3);
            JsonNode saved = azekura.json(0, "backup", source.toString());
            assertEquals(SIZE, saved.get("bytes").asLong());
            assertTrue(saved.get("stored").asLong() < FEW_MEGABYTES, saved::toString);
            assertEquals(List.of(), Tree.diff(source, azekura.restore(saved.get("snapshot").asText(), source, workspace.path("target"))));
        }
    }
}
