package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What scripts rely on: keys, single words, the last line. */
@ExtendWith(Shared.class)
class JsonIT {

    @Test
    void everyAnswerHasItsKeys(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(JsonIT.class)) {
            Path source = workspace.directory("source");
            Files.writeString(source.resolve("file"), "seven b");
            JsonNode backup = azekura.json(0, "backup", "--name", "scripts", source.toString());
            has(backup, "snapshot", "job", "files", "bytes", "stored", "warnings");
            assertEquals("1 7 []", backup.get("files") + " " + backup.get("bytes") + " " + backup.get("warnings"));

            JsonNode snapshots = azekura.json(0, "snapshot", "list");
            JsonNode last = snapshots.get(snapshots.size() - 1);
            has(last, "id", "client", "saveSet", "time", "files", "bytes");
            assertEquals(backup.get("snapshot") + " \"scripts\" 1 7", last.get("id") + " " + last.get("saveSet") + " " + last.get("files") + " " + last.get("bytes"));
            assertTrue(Instant.parse(last.get("time").asText()).isAfter(Instant.now().minusSeconds(600)), last::toString);

            JsonNode entries = azekura.json(0, "snapshot", "ls", backup.get("snapshot").asText(), source.toString());
            has(entries.get(0), "path", "type", "size", "mode", "mtime");
            assertEquals(source + "/file file 7", entries.get(0).get("path").asText() + " " + entries.get(0).get("type").asText() + " " + entries.get(0).get("size"));

            JsonNode restore = azekura.json(0, "restore", backup.get("snapshot").asText(), "--to", workspace.path("target").toString());
            has(restore, "job", "files", "bytes", "notRestored");
            assertEquals("1 7 []", restore.get("files") + " " + restore.get("bytes") + " " + restore.get("notRestored"));

            has(azekura.json(0, "verify", "--snapshot", backup.get("snapshot").asText()), "packs", "damaged", "healed");
            JsonNode job = azekura.json(0, "job", "show", restore.get("job").asText());
            has(job, "id", "kind", "state", "client", "pool", "started", "ended", "files", "bytes", "error");
            assertEquals("restore done", job.get("kind").asText() + " " + job.get("state").asText());
            assertTrue(azekura.json(0, "job", "list").findValues("id").contains(job.get("id")));
            has(azekura.json(0, "volume", "list").get(0), "label", "barcode", "pool", "state", "location", "used", "capacity");
        }
    }

    @Test
    void theLastLineOfABackupIsTheSnapshot(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(JsonIT.class)) {
            Path source = workspace.directory("source");
            Run run = azekura.call("backup", source.toString()).exits(0);
            assertEquals(azekura.json(0, "snapshot", "list").findValuesAsText("id").getLast(), run.outLines().getLast());
        }
    }

    private static void has(JsonNode row, String... keys) {
        for (String key : List.of(keys)) {
            assertTrue(row.has(key), () -> key + " is not in " + row);
        }
    }
}
