package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an appliance promises of itself: its own folders are never saved, and every job can be cancelled in bounded time. */
class PromisesIT {

    /** One start for both. */
    @Test
    void neverSavesItselfAndIsCancelledWithinTenSeconds() throws Exception {
        try (var workspace = new Workspace(PromisesIT.class); var azekura = Azekura.in(workspace.directory("all").resolve("home")).asShipped().up()) {
            aRunningBackupIsCancelledWithinTenSecondsAndTheNextOneWorks(workspace, azekura);
            itsHomeAndItsPoolsAreNeverSaved(workspace, azekura);
        }
    }

    private static void itsHomeAndItsPoolsAreNeverSaved(Workspace workspace, Azekura azekura) throws Exception {
        Path all = azekura.home.getParent();
        Path pool = all.resolve("pool");
        azekura.call("pool", "create", "second", "--driver", "disk", "--set", "path=" + pool).exits(0);
        Files.writeString(all.resolve("mine"), "mine");
        String snapshot = azekura.backup(all, "--pool", "default");
        Path restored = azekura.restore(snapshot, all, workspace.path("target"));
        assertTrue(Files.exists(restored.resolve("mine")));
        assertFalse(Files.exists(restored.resolve("home")));
        assertFalse(Files.exists(restored.resolve("pool")));
    }

    private static void aRunningBackupIsCancelledWithinTenSecondsAndTheNextOneWorks(Workspace workspace, Azekura azekura) throws Exception {
        Path source = workspace.path("source");
        Tree.bulk(source, 1_000, 200_000_000, 4);
        azekura.backup(source.resolve("dir-00000/file-0000001"));
        // The command line takes about as long to start as the backup takes to end; this call makes the next one a matter of milliseconds.
        assertEquals(200, Rest.post(azekura, "jobs/1/cancel", Map.of()).statusCode());
        Path packs = azekura.home.resolve("pools/default/packs");
        try (var watch = packs.getFileSystem().newWatchService()) {
            packs.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process backup = azekura.begin("backup", source.toString());
            assertNotNull(watch.poll(120, TimeUnit.SECONDS), "no pack was begun");
            long begin = System.nanoTime();
            assertEquals(200, Rest.post(azekura, "jobs/2/cancel", Map.of()).statusCode());
            Run.await(backup, Duration.ofSeconds(60), azekura.command("backup", source.toString())).exits(1).oneErrorLine();
            assertTrue(System.nanoTime() - begin < Duration.ofSeconds(10).toNanos(), "it took more than ten seconds");
        }
        assertEquals("cancelled", azekura.json(0, "job", "show", "2").get("state").asText());
        assertEquals(1, azekura.json(0, "snapshot", "list").size());
        azekura.backup(source);
        azekura.json(0, "verify");
    }
}
