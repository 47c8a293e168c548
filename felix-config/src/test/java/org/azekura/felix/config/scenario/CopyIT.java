package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenario 20, with disks: copies in another pool, then the original is destroyed; at last everything but the copies. */
class CopyIT {

    @Test
    void copiesRestoreWhenTheOriginalIsGoneAndWhenEverythingElseIs() throws Exception {
        try (var workspace = new Workspace(CopyIT.class)) {
            Path source = workspace.path("source");
            Tree.make(source, 20);
            Path media = workspace.path("offsite");
            Path key = workspace.path("recovery.txt");
            String id;
            Azekura lost = Azekura.up(workspace.path("home"));
            try {
                id = lost.backup(source);
                lost.call("pool", "create", "offsite", "--driver", "disk", "--set", "path=" + media).exits(0);
                assertEquals(List.of(id), texts(lost.json(0, "copy", "--to", "offsite", "--pool", "default").get("snapshots")));
                assertEquals(0, lost.json(0, "copy", "--to", "offsite", "--snapshot", id).get("packs").asInt());
                assertEquals("offsite", lost.json(0, "snapshot", "show", id).get("copies").get(0).get("pool").asText());
                assertTrue(lost.json(0, "verify", "--pool", "offsite").get("packs").asInt() > 0);
                lost.call("restore", id, "--to", workspace.path("copy").toString(), "--from-copy", "offsite").exits(0);
                assertEquals(List.of(), Tree.diff(source, Azekura.at(workspace.path("copy"), source)));
                policyOutlivesTheServer(lost, source, media);
                lost.call("copy", "--to", "default", "--pool", "default").exits(1);
                lost.call("restore", id, "--to", workspace.path("none").toString(), "--from-copy", "nopool").exits(1);
                lost.call("key", "export", "--pool", "default", "--to", key.toString()).exits(0);

                Files.move(lost.home.resolve("pools/default"), workspace.path("destroyed"));
                lost.call("restore", id, "--to", workspace.path("by itself").toString()).exits(0);
                assertEquals(List.of(), Tree.diff(source, Azekura.at(workspace.path("by itself"), source)));
                lost.down();
                lost.call("extract", media.toString(), "--key", key.toString(), "--to", workspace.path("extracted").toString()).exits(0);
                assertEquals(List.of(), Tree.diff(source, Azekura.at(workspace.path("extracted"), source)));
            } finally {
                lost.close();
            }
            try (Azekura azekura = Azekura.up(workspace.path("new home"))) {
                assertEquals(3, azekura.json(0, "catalog", "rebuild", "--from", media.toString()).get("snapshots").asInt());
                azekura.call("key", "import", key.toString()).exits(0);
                assertEquals(List.of(), Tree.diff(source, azekura.restore(id, source, workspace.path("restored"))));
            }
        }
    }

    /** A copy that waits for its pool is made though the command gave up and the appliance is killed. */
    private static void policyOutlivesTheServer(Azekura azekura, Path source, Path media) throws Exception {
        azekura.json(0, "save-set", "create", "docs", "--include", source.toString());
        azekura.json(0, "policy", "create", "nightly", "--save-set", "docs", "--pool", "default", "--copy-to", "offsite");
        JsonNode jobs = azekura.json(0, "policy", "run", "nightly").get("jobs");
        assertEquals(List.of("backup", "copy"), jobs.findValuesAsText("kind"), jobs::toString);
        assertEquals(List.of("done", "done"), jobs.findValuesAsText("state"), jobs::toString);
        Path away = media.resolveSibling("away");
        Files.move(media, away);
        jobs = azekura.json(1, "policy", "run", "nightly", "--park-wait", "0").get("jobs");
        assertEquals(List.of("done", "parked"), jobs.findValuesAsText("state"), jobs::toString);
        azekura.kill();
        Files.move(away, media);
        azekura.up();
        String copy = jobs.get(1).get("job").asText();
        azekura.call("job", "watch", copy).exits(0);
        assertEquals("done", azekura.json(0, "job", "show", copy).get("state").asText());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
