package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Scenarios 21 and 22: the home is lost, a pool and its recovery file are left. */
class RebuildIT {

    @Test
    void theMediumAndTheRecoveryFileBringEverythingBack() throws Exception {
        try (var workspace = new Workspace(RebuildIT.class)) {
            Path source = workspace.path("source");
            Tree.make(source, 21);
            Path media = workspace.path("media");
            Path key = workspace.path("recovery.txt");
            Azekura lost = Azekura.up(workspace.path("home"));
            String first;
            String second;
            List<String> logged;
            try {
                first = lost.backup(source);
                Tree.bulk(source.resolve("second day"), 300, 3_000_000, 22);
                lost.json(0, "save-set", "create", "docs", "--include", source.toString(), "--exclude", "*.tmp");
                lost.json(0, "policy", "create", "nightly", "--save-set", "docs", "--pool", "default");
                Set<String> packs = new TreeSet<>(Azekura.files(lost.home.resolve("pools/default/packs")).keySet());
                layDown(lost);
                second = lost.backup(source);
                // by itself some minutes after somebody has typed; a test does not wait for that
                JsonNode backup = lost.json(0, "catalog", "backup", "--now");
                assertTrue(backup.get("pools").get(0).get("current").asBoolean(), backup::toString);
                logged = lines(lost);
                lost.call("key", "export", "--pool", "default", "--to", key.toString()).exits(0);
                lost.down();
                Files.move(lost.home.resolve("pools/default"), media);
                Files.move(lost.home, workspace.path("gone"));
                withoutHome(lost, workspace, media, key, source, first);
                incomplete(workspace, media, packs, first, second);
            } finally {
                lost.close();
            }
            reborn(workspace, media, key, source, first, second, logged);
        }
    }

    /** Whatever else the appliance has to remember. */
    private static void layDown(Azekura lost) {
        lost.json(0, "drill", "plan", "create", "weekly", "--save-set", "docs", "--whole", "--schedule", "weekly sun 03:00");
        lost.json(0, "user", "create", "ann", "--role", "operator");
        lost.json(0, "token", "create", "nightly", "--role", "operator");
        lost.json(0, "notify", "target", "create", "webhook", "ops", "--set", "url=https://hooks.example.com/azekura");
        lost.json(0, "rule", "set", "--persons", "1", "--delay", "2h");
    }

    /** The log is whole again, with what the new home did behind a line that says so. */
    private static void brought(Azekura azekura, List<String> lost) {
        assertTrue(azekura.json(1, "audit", "verify").get("cut").asBoolean(), "it waits for the key");
        azekura.json(0, "catalog", "backup", "--now");
        JsonNode verdict = azekura.json(0, "audit", "verify");
        assertTrue(verdict.get("whole").asBoolean(), verdict::toString);
        List<String> lines = lines(azekura);
        int seam = lines.indexOf(lines.stream().filter(line -> line.contains(" audit.revived ")).findFirst().orElseThrow());
        // The call that had it written has its line behind that.
        assertTrue(seam >= lost.size() - 1, lines::toString);
        assertEquals(lost.subList(0, Math.min(seam, lost.size())), lines.subList(0, Math.min(seam, lost.size())));
        assertTrue(lines.subList(seam + 1, lines.size()).stream().anyMatch(line -> line.contains(" POST jobs ")), lines::toString);
    }

    /** The audit log, oldest first. */
    private static List<String> lines(Azekura azekura) {
        List<String> lines = new ArrayList<>();
        azekura.json(0, "audit", "list", "--limit", "1000").forEach(line -> lines.addFirst(line.get("number").asText() + " " + line.get("operation").asText() + " " + line.get("hash").asText()));
        return lines;
    }

    /** Nobody is let in by what stands on a medium, and nobody gets round the rule. */
    private static void remembered(Azekura azekura) {
        assertEquals("weekly sun 03:00", azekura.json(0, "drill", "plan", "show", "weekly").get("schedule").asText());
        JsonNode ann = azekura.json(0, "user", "show", "ann");
        assertTrue(ann.get("role").asText().equals("operator") && ann.get("disabled").asBoolean(), ann::toString);
        assertEquals(List.of(), texts(azekura.json(0, "token", "list")));
        azekura.call("token", "create", "nightly", "--role", "operator").exits(1);
        assertEquals("https://hooks.example.com/azekura", azekura.json(0, "notify", "target", "show", "ops").get("settings").get("url").asText());
        assertEquals(7200, azekura.json(0, "rule", "show").get("delay").asInt());
        assertEquals(List.of("azekura user reset ann && azekura user change ann --enable"), azekura.json(0, "catalog", "backup", "--now").get("left").findValuesAsText("command"));
    }

    private static void withoutHome(Azekura lost, Workspace workspace, Path media, Path key, Path source, String first) {
        Run facts = lost.call("extract", media.toString()).exits(4);
        assertTrue(facts.out().contains(first) && !facts.out().contains("second day"), facts::toString);
        assertEquals(1, facts.errLines().size(), facts::toString);
        Path target = workspace.path("extracted");
        Run newest = lost.call("extract", media.toString(), "--key", key.toString(), "--to", target.toString()).exits(0);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(target, source)), newest::toString);
        Path old = workspace.path("extracted first");
        lost.call("extract", media.toString(), "--key", key.toString(), "--to", old.toString(), "--snapshot", first).exits(0);
        assertFalse(Files.exists(Azekura.at(old, source.resolve("second day"))));
        assertFalse(Files.exists(lost.home), "extract made a home");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** What is not wholly there does not come back. */
    private static void incomplete(Workspace workspace, Path media, Set<String> firstPacks, String first, String second) throws Exception {
        Path torn = workspace.path("torn");
        Run.of(Duration.ofMinutes(1), "cp", "-a", media.toString(), torn.toString()).exits(0);
        for (String pack : Azekura.files(torn.resolve("packs")).keySet()) {
            if (!firstPacks.contains(pack)) {
                Files.delete(torn.resolve("packs").resolve(pack));
            }
        }
        try (Azekura azekura = Azekura.up(workspace.path("torn home"))) {
            JsonNode result = azekura.json(3, "catalog", "rebuild", "--from", torn.toString());
            assertEquals(second, result.get("leftOut").get(0).get("snapshot").asText(), result::toString);
            JsonNode snapshots = azekura.json(0, "snapshot", "list");
            assertEquals(List.of(first), snapshots.findValuesAsText("id"), snapshots::toString);
        }
    }

    private static void reborn(Workspace workspace, Path media, Path key, Path source, String first, String second, List<String> logged) throws Exception {
        try (Azekura azekura = Azekura.up(workspace.path("new home"))) {
            azekura.call("catalog", "rebuild", "--from", workspace.path("nothing").toString()).exits(1);
            JsonNode result = azekura.json(3, "catalog", "rebuild", "--from", media.toString());
            assertEquals(2, result.get("warnings").size(), result::toString);
            assertEquals(2, result.get("snapshots").asInt(), result::toString);
            assertEquals(List.of(first, second), azekura.json(0, "snapshot", "list").findValuesAsText("id"));
            azekura.call("restore", second, "--to", workspace.path("refused").toString()).exits(4);
            assertEquals(List.of(), texts(azekura.json(0, "policy", "list")), "paths are sealed");
            azekura.call("key", "import", key.toString()).exits(0);
            assertEquals(List.of(source.toString()), texts(azekura.json(0, "save-set", "show", "docs").get("paths")));
            brought(azekura, logged);
            assertEquals("docs", azekura.json(0, "policy", "show", "nightly").get("saveSets").get(0).get("name").asText());
            remembered(azekura);
            assertEquals(List.of(), Tree.diff(source, azekura.restore(second, source, workspace.path("restored"))));
            azekura.json(0, "verify");
            // It is the same appliance: the next backup goes on in the same pool, and it can't be rebuilt into twice.
            String third = azekura.backup(source);
            assertEquals(List.of(), Tree.diff(source, azekura.restore(third, source, workspace.path("third"))));
            azekura.call("catalog", "rebuild", "--from", media.toString()).exits(1);
        }
    }
}
