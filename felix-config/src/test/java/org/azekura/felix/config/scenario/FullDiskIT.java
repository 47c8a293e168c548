package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 14: a volume without room. */
@ExtendWith(Shared.class)
class FullDiskIT {

    @Test
    void aFullVolumeParksTheJobByNameUntilThereIsRoomAndCostsNothingThatWasSaved(Azekura azekura) throws Exception {
        assumeTrue(Tree.ROOT, "only root can mount a small file system");
        try (var workspace = new Workspace(FullDiskIT.class)) {
            Path disk = workspace.mount("tmpfs", "size=48m", "disk");
            azekura.call("pool", "create", "narrow", "--driver", "disk", "--set", "path=" + disk.resolve("pool")).exits(0);
            Path small = workspace.path("small");
            Tree.bulk(small, 50, 5_000_000, 1);
            String early = azekura.backup(small, "--pool", "narrow");
            Path big = workspace.path("big");
            Tree.bulk(big, 500, 120_000_000, 2);
            JsonNode before = azekura.json(0, "snapshot", "list");

            String line = azekura.call("backup", "--pool", "narrow", "--park-wait", "1", big.toString()).exits(1).oneErrorLine();
            assertTrue(line.contains("parked") && line.contains(disk.toString()) && line.contains("No space left"), line);
            assertEquals(before, azekura.json(0, "snapshot", "list"));
            assertEquals(List.of(), Tree.diff(small, azekura.restore(early, small, workspace.path("early"))));
            azekura.json(0, "verify", "--pool", "narrow");

            String job = line.replaceAll(".*job (\\d+) parked.*", "$1");
            assertEquals("parked", azekura.json(0, "job", "show", job).get("state").asText());
            Run.of(Duration.ofSeconds(10), "mount", "-o", "remount,size=300m", disk.toString()).exits(0);
            azekura.call("job", "watch", job).exits(0);
            JsonNode late = azekura.json(0, "snapshot", "list").get(before.size());
            assertTrue(late.get("bytes").asLong() > 100_000_000, late::toString);
            assertEquals(List.of(), Tree.diff(big, azekura.restore(late.get("id").asText(), big, workspace.path("late"))));
            azekura.json(0, "verify", "--pool", "narrow");
        }
    }

    @Test
    void aParkedJobCanBeCancelled(Azekura azekura) throws Exception {
        assumeTrue(Tree.ROOT, "only root can mount a small file system");
        try (var workspace = new Workspace(FullDiskIT.class)) {
            Path disk = workspace.mount("tmpfs", "size=8m", "disk");
            azekura.call("pool", "create", "tiny", "--driver", "disk", "--set", "path=" + disk.resolve("pool")).exits(0);
            Path big = workspace.path("big");
            Tree.bulk(big, 50, 20_000_000, 3);
            String job = azekura.call("backup", "--pool", "tiny", "--park-wait", "1", big.toString()).exits(1).oneErrorLine()
                    .replaceAll(".*job (\\d+) parked.*", "$1");
            azekura.call("job", "cancel", job).exits(0);
            assertEquals("cancelled", azekura.json(0, "job", "show", job).get("state").asText());
        }
    }
}
