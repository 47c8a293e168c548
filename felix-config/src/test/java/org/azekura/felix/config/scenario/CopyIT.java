package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scenario 20, with disks: copies in another pool, then the original is destroyed, by parts and as a whole; at last everything but the copies. */
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
                JsonNode drill = lost.json(0, "drill", "run", id, "--from-copy", "offsite", "--sample", "30%");
                assertEquals("proven offsite", drill.get("outcome").asText() + " " + drill.get("pool").asText(), drill::toString);
                JsonNode again = lost.json(0, "drill", "run", id, "--sample", "30%", "--seed", drill.get("sample").get("seed").asText());
                assertEquals("default " + drill.get("chosen") + " " + drill.get("bytes"), again.get("pool").asText() + " " + again.get("chosen") + " " + again.get("bytes"));
                lost.call("drill", "run", id, "--from-copy", "nopool").exits(1);
                lost.call("drill", "run", id, "--sample", "0").exits(2);
                tellsHowFarItIsSpread(lost, id, workspace.path("nowhere"));
                policyOutlivesTheServer(lost, source);
                lost.call("copy", "--to", "default", "--pool", "default").exits(1);
                lost.call("restore", id, "--to", workspace.path("none").toString(), "--from-copy", "nopool").exits(1);
                lost.call("key", "export", "--pool", "default", "--to", key.toString()).exits(0);

                new Destruction(lost, source, id, workspace).run();
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

    /** Two disks: one kind of medium, and one site as long as nobody says else. */
    private static void tellsHowFarItIsSpread(Azekura azekura, String id, Path target) throws Exception {
        JsonNode spread = azekura.json(0, "snapshot", "show", id).get("spread");
        assertEquals("partly 3 [disk] [here] [kinds, site]", spread.get("state").asText() + " " + spread.get("copies") + " " + texts(spread.get("kinds")) + " "
                + texts(spread.get("sites")) + " " + texts(spread.get("lacks")));
        azekura.call("site", "set", "tokyo", "--pool", "offsite").exits(0);
        assertEquals(List.of("kinds"), texts(azekura.json(0, "snapshot", "spread").get(0).get("spread").get("lacks")));
        assertEquals(1, azekura.json(0, "status").get("spread").get("partly").asInt());
        JsonNode lying = azekura.json(0, "restore", id, "--to", target.toString(), "--dry-run").get("lying").get(0);
        assertEquals("default 0", lying.get("pool").asText() + " " + lying.get("waits"), lying::toString);
        assertEquals(lying.get("bytes"), azekura.json(0, "snapshot", "where", id).get(0).get("bytes"));
    }

    /** The second time nobody follows the run, and the appliance is killed in it. */
    private static void policyOutlivesTheServer(Azekura azekura, Path source) throws Exception {
        azekura.json(0, "save-set", "create", "docs", "--include", source.toString());
        azekura.json(0, "policy", "create", "nightly", "--save-set", "docs", "--pool", "default", "--copy-to", "offsite");
        JsonNode jobs = azekura.json(0, "policy", "run", "nightly").get("jobs");
        assertEquals(List.of("backup", "copy"), jobs.findValuesAsText("kind"), jobs::toString);
        assertEquals(List.of("done", "done"), jobs.findValuesAsText("state"), jobs::toString);
        HttpResponse<String> begun = Rest.post(azekura, "policies/nightly/run", Map.of());
        assertEquals(202, begun.statusCode(), begun::body);
        azekura.kill();
        azekura.up();
        azekura.call("job", "watch", new ObjectMapper().readTree(begun.body()).get("steps").get(0).get("job").asText()).exits(0);
        JsonNode all = azekura.json(0, "job", "list");
        JsonNode copy = all.get(all.size() - 1);
        assertEquals("copy", copy.get("kind").asText(), all::toString);
        azekura.call("job", "watch", copy.get("id").asText()).exits(0);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
