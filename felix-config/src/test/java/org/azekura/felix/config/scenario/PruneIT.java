package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scenario 19: deleted snapshots and failed backups give their space back, beside running backups and without a key. */
class PruneIT {

    private static final Duration WAIT = Duration.ofMinutes(3);

    private static Workspace workspace;
    private static Azekura azekura;
    private static Path packs;

    @BeforeAll
    static void start() throws Exception {
        workspace = new Workspace(PruneIT.class);
        azekura = Azekura.in(workspace.path("home")).asShipped().up();
        packs = azekura.home.resolve("pools/default/packs");
    }

    @AfterAll
    static void stop() {
        azekura.close();
        workspace.close();
    }

    @Test
    void aDeletedSnapshotGivesItsSpaceBackWhileABackupRuns() throws Exception {
        Path source = workspace.path("source");
        Tree.bulk(source, 200, 60_000_000, 1);
        String first = azekura.backup(source);
        // A tenth of the files stays, in every pack some.
        Run.of(WAIT, "find", source.toString(), "-name", "file-*[0-8]", "-delete").exits(0);
        Tree.bulk(source.resolve("more"), 50, 10_000_000, 2);
        String second = azekura.backup(source);
        long before = stored();
        assertTrue(azekura.call("snapshot", "delete", first).exits(0).out().contains(first));
        assertEquals(1, azekura.call("restore", first, "--to", workspace.path("gone").toString()).exit());

        JsonNode dry = azekura.json(0, "prune", "--dry-run");
        assertTrue(dry.get("freed").asLong() > 5_000_000, dry::toString);
        assertEquals(before, stored(), "a dry run changes nothing");

        Path big = workspace.path("big");
        Tree.bulk(big, 300, 90_000_000, 3);
        Process backup = azekura.begin("backup", big.toString());
        JsonNode pruned = azekura.json(0, "prune", "--pool", "default");
        assertTrue(pruned.get("rewritten").asInt() > 0 && pruned.get("written").asLong() > 0, pruned::toString);
        Run.await(backup, WAIT, azekura.command("backup", big.toString())).exits(0);
        String third = azekura.json(0, "snapshot", "list").findValuesAsText("id").getLast();

        JsonNode again = azekura.json(0, "prune");
        assertEquals(0, again.get("dropped").asInt(), again::toString);
        assertEquals(0, azekura.json(0, "verify").get("damaged").size());
        assertEquals(0, azekura.json(0, "verify", "--depth", "index").get("damaged").size());
        assertEquals(List.of(), Tree.diff(source, azekura.restore(second, source, workspace.path("second"))));
        assertEquals(List.of(), Tree.diff(big, azekura.restore(third, big, workspace.path("third"))));
        assertEquals(List.of(), azekura.json(0, "snapshot", "list").findValuesAsText("id").stream().filter(first::equals).toList());

        withoutKey(third);
        assertTrue(stored() < before, stored() + " bytes of " + before + " are left");
        assertEquals(List.of(), Tree.diff(source, azekura.restore(second, source, workspace.path("second again"))));
    }

    /** Nobody who prunes reads anything: the key may be elsewhere. */
    private static void withoutKey(String deleted) throws Exception {
        azekura.call("snapshot", "delete", deleted).exits(0);
        Path key = azekura.home.resolve("keys/default");
        azekura.down();
        Files.move(key, key.resolveSibling("away"));
        azekura.up();
        JsonNode pruned = azekura.json(0, "prune");
        assertTrue(pruned.get("dropped").asInt() > 0 && pruned.get("pages").asInt() > 0, pruned::toString);
        azekura.down();
        Files.move(key.resolveSibling("away"), key);
        azekura.up();
    }

    @Test
    void whatACancelledBackupWroteGoes() throws Exception {
        Path big = workspace.path("cancelled");
        Tree.bulk(big, 1_000, 200_000_000, 4);
        int before = azekura.backup(big.resolve("dir-00000/file-0000001")).isEmpty() ? 0 : Azekura.files(packs).size();
        JsonNode last = azekura.json(0, "job", "list").valueStream().toList().getLast();
        String job = Long.toString(last.get("id").asLong() + 1);
        // The command line takes about as long to start as the backup takes to end; this call makes the next one a matter of milliseconds.
        assertEquals(200, Rest.post(azekura, "jobs/" + last.get("id").asText() + "/cancel", Map.of()).statusCode());
        Process backup;
        try (var watch = packs.getFileSystem().newWatchService()) {
            packs.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            backup = azekura.begin("backup", big.toString());
            while (Azekura.files(packs).size() < before + 2) {
                WatchKey key = watch.poll(120, TimeUnit.SECONDS);
                assertNotNull(key, "no pack was begun");
                key.pollEvents();
                key.reset();
            }
        }
        assertEquals(200, Rest.post(azekura, "jobs/" + job + "/cancel", Map.of()).statusCode());
        Run.await(backup, WAIT, azekura.command("backup", big.toString())).exits(1);
        assertTrue(azekura.json(0, "prune").get("freed").asLong() > 20_000_000);
        JsonNode after = azekura.json(0, "prune");
        assertEquals(0, after.get("dropped").asInt() + after.get("rewritten").asInt(), after::toString);
        assertEquals(after.get("packs").asInt(), Azekura.files(packs).size());
        assertEquals(stored(), azekura.json(0, "volume", "list").get(0).get("used").asLong());
        azekura.json(0, "verify");
    }

    private static long stored() throws Exception {
        return Azekura.files(packs).values().stream().mapToLong(Long::longValue).sum();
    }
}
