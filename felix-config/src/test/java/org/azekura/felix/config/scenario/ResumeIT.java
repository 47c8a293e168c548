package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Scenario 13: a backup is killed with the whole appliance, twice, and goes on by itself as the same job; what was saved before is there all the same. */
class ResumeIT {

    private static final long DATA = 200_000_000;
    /** What a job that is cut off may send again. */
    private static final long CHECKPOINT = 64 << 20;

    @Test
    void aBackupThatIsKilledTwiceComesToItsEndByItself() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (var workspace = new Workspace(ResumeIT.class)) {
            Path source = workspace.path("source");
            Tree.bulk(source, 200, DATA, 4);
            Path small = workspace.path("small");
            Tree.bulk(small, 300, 10_000_000, 1);
            try (var azekura = Azekura.up(workspace.path("home"))) {
                String early = azekura.backup(small);
                Path packs = azekura.home.resolve("pools/default/packs");
                long before = stored(packs);
                Process command = null;
                for (int kill = 1; kill <= 2; kill++) {
                    try (var watch = packs.getFileSystem().newWatchService()) {
                        packs.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
                        if (kill == 1) {
                            command = azekura.begin("backup", source.toString());
                        } else {
                            azekura.up();
                        }
                        awaitPacks(watch, 1 + random.nextInt(2));
                        azekura.kill();
                    }
                }
                azekura.up();
                Run.await(command, Duration.ofMinutes(5), azekura.command("backup", source.toString())).exits(0);
                JsonNode jobs = azekura.json(0, "job", "list");
                assertEquals(List.of("backup done", "backup done"), jobs.valueStream().map(job -> job.get("kind").asText() + " " + job.get("state").asText()).toList(),
                        "seed " + seed + ": " + jobs);
                List<String> snapshots = azekura.json(0, "snapshot", "list").findValuesAsText("id");
                assertEquals(2, snapshots.size(), "seed " + seed + ": " + snapshots);
                assertEquals(early, snapshots.getFirst());
                assertEquals(List.of(), Tree.diff(small, azekura.restore(early, small, workspace.path("early"))), "seed " + seed);
                assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshots.getLast(), source, workspace.path("target"))), "seed " + seed);
                long stored = stored(packs) - before;
                assertTrue(stored <= DATA + CHECKPOINT + (8 << 20), "seed " + seed + ": " + stored + " bytes for " + DATA);
                azekura.json(0, "verify");
            }
        }
    }

    private static long stored(Path packs) throws Exception {
        return Azekura.files(packs).values().stream().mapToLong(Long::longValue).sum();
    }

    /** New folders below the pool's packs come with new packs, most of the time. */
    private static void awaitPacks(WatchService watch, int count) throws Exception {
        for (int seen = 0; seen < count;) {
            WatchKey key = watch.poll(120, TimeUnit.SECONDS);
            assertNotNull(key, "no pack was begun");
            seen += key.pollEvents().size();
            key.reset();
        }
    }
}
