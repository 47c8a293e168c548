package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Scenario 13: the appliance is killed in the middle of a backup. */
@EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
class KillIT {

    @Test
    void whatWasAcknowledgedRestoresAndTheRestGoesOn() throws Exception {
        try (var workspace = new Workspace(KillIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            Path small = workspace.path("small");
            Tree.bulk(small, 300, 10_000_000, 1);
            String early = azekura.backup(small);
            Path big = workspace.path("big");
            Tree.bulk(big, 500, 90_000_000, 2);

            Process killed = killInTheMiddleOfABackup(azekura, big);
            azekura.up();

            assertEquals(List.of(early), azekura.json(0, "snapshot", "list").findValuesAsText("id").subList(0, 1));
            assertEquals(List.of(), Tree.diff(small, azekura.restore(early, small, workspace.path("early"))));
            // The command that waited for the job waits for the same job now, which goes on by itself.
            Run.await(killed, Duration.ofSeconds(60), azekura.command("backup", big.toString())).exits(0);
            JsonNode job = azekura.json(0, "job", "list").get(1);
            assertEquals("backup done", job.get("kind").asText() + " " + job.get("state").asText(), job::toString);
            JsonNode late = azekura.json(0, "snapshot", "list").get(1);
            assertEquals(List.of("backup", "backup", "restore"), azekura.json(0, "job", "list").findValuesAsText("kind"));
            assertEquals(List.of(), Tree.diff(big, azekura.restore(late.get("id").asText(), big, workspace.path("late"))));
            azekura.json(0, "verify");
        }
    }

    @Test
    void aCommandWhoseApplianceStaysAwayEndsWithinAMinute() throws Exception {
        try (var workspace = new Workspace(KillIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            Path big = workspace.path("big");
            Tree.bulk(big, 500, 90_000_000, 2);
            azekura.backup(big.resolve("dir-00000/file-0000001"));
            Process killed = killInTheMiddleOfABackup(azekura, big);
            Run.await(killed, Duration.ofSeconds(60), azekura.command("backup", big.toString())).exits(5).oneErrorLine();
        }
    }

    /** In the middle: one pack of the new backup has been begun and its job has not ended. Answers the command that waits for it. */
    private static Process killInTheMiddleOfABackup(Azekura azekura, Path big) throws Exception {
        Path packs = azekura.home.resolve("pools/default/packs");
        try (var watch = packs.getFileSystem().newWatchService()) {
            packs.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process backup = azekura.begin("backup", big.toString());
            assertNotNull(watch.poll(120, TimeUnit.SECONDS), "no pack was begun");
            azekura.kill();
            return backup;
        }
    }
}
