package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an appliance finds out, and what goes on, when it starts again. */
class RestartIT {

    @Test
    void aPackThatIsGoneIsNamedAndTheNextBackupHealsEverySnapshot() throws Exception {
        try (var workspace = new Workspace(RestartIT.class)) {
            Path source = workspace.path("source");
            Tree.bulk(source, 50, 5_000_000, 23);
            Path home = workspace.path("home");
            Azekura azekura = Azekura.up(home);
            try {
                String first = azekura.backup(source);
                azekura.down();
                Path packs = home.resolve("pools/default/packs");
                Files.delete(packs.resolve(Azekura.files(packs).entrySet().stream().max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                        .orElseThrow().getKey()));
                // and a ring that was in the catalog already, as a crash leaves it
                Path ring = home.resolve("pools/default/keyring-1");
                byte[] kept = Files.readAllBytes(ring);
                Files.delete(ring);
                azekura.up();
                assertArrayEquals(kept, Files.readAllBytes(ring));

                JsonNode damaged = azekura.json(1, "verify").get("damaged");
                assertEquals(50, damaged.get(0).get("files").size(), damaged::toString);
                JsonNode one = azekura.json(1, "verify", "--snapshot", first).get("damaged");
                assertEquals(damaged.get(0).get("pack"), one.get(0).get("pack"));
                assertEquals(damaged.get(0).get("files"), one.get(0).get("files"));

                String second = azekura.backup(source);
                assertEquals(List.of(), Tree.diff(source, azekura.restore(second, source, workspace.path("second"))));
                assertEquals(List.of(), Tree.diff(source, azekura.restore(first, source, workspace.path("first"))));
                assertEquals(1, azekura.json(3, "verify").get("healed").size());
                azekura.json(0, "verify");
            } finally {
                azekura.close();
            }
        }
    }

    @Test
    void aParkedJobGoesOnAfterARestart() throws Exception {
        assumeTrue(Tree.ROOT, "only root can mount a small file system");
        try (var workspace = new Workspace(RestartIT.class)) {
            Path disk = workspace.mount("tmpfs", "size=8m", "disk");
            Path source = workspace.path("source");
            Tree.bulk(source, 50, 20_000_000, 3);
            Azekura azekura = Azekura.up(workspace.path("home"));
            try {
                azekura.call("pool", "create", "tiny", "--driver", "disk", "--set", "path=" + disk.resolve("pool")).exits(0);
                String job = azekura.call("backup", "--pool", "tiny", "--park-wait", "1", source.toString()).exits(1).oneErrorLine()
                        .replaceAll(".*job (\\d+) parked.*", "$1");
                azekura.down();
                azekura.up();
                Run.of(Duration.ofSeconds(10), "mount", "-o", "remount,size=100m", disk.toString()).exits(0);
                azekura.call("job", "watch", job).exits(0);
                String snapshot = azekura.json(0, "snapshot", "list").get(0).get("id").asText();
                assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("target"))));
                assertTrue(azekura.json(0, "job", "list", "--running").isEmpty());
            } finally {
                azekura.close();
            }
        }
    }

    @Test
    void aBackupThatRunsWhenTheApplianceIsStoppedGoesOnAtItsNextStart() throws Exception {
        try (var workspace = new Workspace(RestartIT.class); var azekura = Azekura.up(workspace.path("home"))) {
            Path source = workspace.path("source");
            Tree.bulk(source, 500, 90_000_000, 2);
            azekura.backup(source.resolve("dir-00000/file-0000001"));
            Path packs = azekura.home.resolve("pools/default/packs");
            try (var watch = packs.getFileSystem().newWatchService()) {
                packs.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                Process command = azekura.begin("backup", source.toString());
                assertNotNull(watch.poll(120, TimeUnit.SECONDS), "no pack was begun");
                azekura.down();
                command.destroy();
            }
            azekura.up();
            azekura.call("job", "watch", "2").exits(0);
            String snapshot = azekura.json(0, "snapshot", "list").get(1).get("id").asText();
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("target"))));
        }
    }
}
