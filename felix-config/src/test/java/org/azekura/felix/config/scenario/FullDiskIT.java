package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 14: a volume without room. */
@ExtendWith(Shared.class)
class FullDiskIT {

    private static final Pattern PARKED = Pattern.compile("job (\\d+) parked: .*");

    @Test
    void aFullVolumeParksTheJobWhichGoesOnWhenThereIsRoom(Azekura azekura) throws Exception {
        assumeTrue(Tree.ROOT, "only root can mount a small file system");
        try (var workspace = new Workspace(FullDiskIT.class)) {
            Path disk = workspace.mount("tmpfs", "size=48m", "disk");
            azekura.call("pool", "create", "narrow", "--driver", "disk", "--set", "path=" + disk.resolve("pool")).exits(0);
            Path small = workspace.path("small");
            Tree.bulk(small, 50, 5_000_000, 1);
            String early = azekura.backup(small, "--pool", "narrow");
            Path big = workspace.path("big");
            Tree.bulk(big, 500, 120_000_000, 2);

            String line = azekura.call("backup", "--pool", "narrow", "--park-wait", "1", big.toString()).exits(1).errLines().getLast();
            Matcher parked = PARKED.matcher(line);
            assertTrue(parked.find() && line.contains("narrow"), line);
            assertEquals("parked", azekura.json(0, "job", "show", parked.group(1)).get("state").asText());
            assertEquals(List.of(), Tree.diff(small, azekura.restore(early, small, workspace.path("early"))));

            Run.of(Duration.ofSeconds(10), "mount", "-o", "remount,size=300m", disk.toString()).exits(0);
            JsonNode job = ended(azekura, parked.group(1));
            assertEquals("done", job.get("state").asText(), job::toString);
            String late = azekura.json(0, "snapshot", "list").findValuesAsText("id").getLast();
            assertEquals(List.of(), Tree.diff(big, azekura.restore(late, big, workspace.path("late"))));
            azekura.json(0, "verify", "--pool", "narrow");
        }
    }

    /** Each call takes a good part of a second, so this asks at a modest rate. */
    private static JsonNode ended(Azekura azekura, String job) {
        Instant latest = Instant.now().plusSeconds(120);
        while (true) {
            JsonNode row = azekura.json(0, "job", "show", job);
            if (!List.of("queued", "running", "paused", "parked").contains(row.get("state").asText()) || Instant.now().isAfter(latest)) {
                return row;
            }
        }
    }
}
