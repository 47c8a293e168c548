package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong is refused in one line that names it, with the exit code of its kind, before anything is changed. */
@ExtendWith(Shared.class)
class BadInputIT {

    private static final String NOWHERE = "0123456789abcdef0123456789abcdef";

    private Workspace workspace;
    private Path source;

    @BeforeEach
    void makeTree() throws Exception {
        workspace = new Workspace(BadInputIT.class);
        source = workspace.directory("source");
        Files.writeString(source.resolve("file"), "content");
        Files.writeString(Files.createDirectory(source.resolve("directory")).resolve("inside"), "more content");
    }

    @AfterEach
    void clean() {
        workspace.close();
    }

    @Test
    void aMissingPathAmongOthersIsAWarning(Azekura azekura) {
        Path missing = workspace.path("missing");
        JsonNode answer = azekura.json(3, "backup", source.toString(), missing.toString());
        assertEquals(Set.of(missing.toString()), Names.problems(answer.get("warnings"), source));
        assertEquals(List.of(), Tree.diff(source, azekura.restore(answer.get("snapshot").asText(), source, workspace.path("target"))));

        Run text = azekura.call("backup", source.toString(), missing.toString()).exits(3);
        assertTrue(text.outLines().getLast().matches("[0-9a-f]{32}"), text::toString);
        assertTrue((text.out() + text.err()).lines().anyMatch(line -> line.contains(missing.toString())), text::toString);
    }

    @Test
    void onlyMissingPathsAreAFailure(Azekura azekura) {
        JsonNode before = azekura.json(0, "snapshot", "list");
        Path missing = workspace.path("missing");
        String line = azekura.call("backup", missing.toString()).exits(1).oneErrorLine();
        assertTrue(line.contains(missing.toString()), line);
        assertEquals(before, azekura.json(0, "snapshot", "list"));
    }

    @Test
    void anUnknownPoolIsNamed(Azekura azekura) {
        JsonNode before = azekura.json(0, "job", "list");
        String line = azekura.call("backup", "--pool", "nopool", source.toString()).exits(1).oneErrorLine();
        assertTrue(line.contains("nopool"), line);
        line = azekura.call("verify", "--pool", "nopool").exits(1).oneErrorLine();
        assertTrue(line.contains("nopool"), line);
        assertEquals(before, azekura.json(0, "job", "list"));
    }

    @Test
    void anUnknownClientIsNamed(Azekura azekura) {
        String line = azekura.call("backup", "--client", "nobody", source.toString()).exits(1).oneErrorLine();
        assertTrue(line.contains("nobody"), line);
    }

    @Test
    void anUnknownSnapshotIsNamed(Azekura azekura) throws Exception {
        Path target = workspace.path("target");
        for (String[] command : new String[][] {{"restore", NOWHERE, "--to", target.toString()}, {"snapshot", "ls", NOWHERE},
                {"verify", "--snapshot", NOWHERE}}) {
            String line = azekura.call(command).exits(1).oneErrorLine();
            assertTrue(line.contains(NOWHERE), line);
        }
        assertFalse(Files.exists(target));
    }

    @Test
    void anUnknownPathInASnapshotIsNamed(Azekura azekura) throws Exception {
        Path target = workspace.path("target");
        String line = azekura.call("restore", azekura.backup(source), source + "/nothing", "--to", target.toString()).exits(1).oneErrorLine();
        assertTrue(line.contains(source + "/nothing"), line);
        assertFalse(Files.exists(Azekura.at(target, source)));
    }

    @Test
    void anUnknownJobIsNamed(Azekura azekura) {
        String line = azekura.call("job", "show", "987654").exits(1).oneErrorLine();
        assertTrue(line.contains("987654"), line);
    }

    @Test
    void wrongUsageIsOneLineAndExitCode2(Azekura azekura) {
        for (String[] command : new String[][] {{"backup"}, {"backup", "--nonsense", source.toString()}, {"restore", NOWHERE}, {"nonsense"},
                {"restore", NOWHERE, "--to", "/tmp/x", "--overwrite", "maybe"},
                {"backup", "--exclude", "re:(", source.toString()}}) {
            azekura.call(command).exits(2).oneErrorLine();
        }
    }

    @Test
    void aWrongTokenIsRefused(Azekura azekura) {
        JsonNode before = azekura.json(0, "job", "list");
        azekura.call("backup", "--token", "wrong", source.toString()).exits(4).oneErrorLine();
        azekura.call("status", "--token", "").exits(4);
        var stranger = new Azekura(azekura.home, List.of(), Map.of("AZEKURA_TOKEN", "wrong"));
        stranger.call("snapshot", "list").exits(4).oneErrorLine();
        assertEquals(before, azekura.json(0, "job", "list"));
    }

    @Test
    void anApplianceThatIsNotThereIsExitCode5(Azekura azekura) {
        azekura.call("status", "--url", "https://127.0.0.1:1").exits(5).oneErrorLine();
        String line = new Azekura(workspace.path("nohome"), List.of(), Map.of()).call("status").exits(5).oneErrorLine();
        assertTrue(line.contains("nohome"), line);
    }

    @Test
    void aBrokenConfigurationFileStopsTheStart() throws Exception {
        Path etc = workspace.directory("home/etc");
        Files.writeString(etc.resolve("wrong.json"), "{\"org.azekura.server\": {\"port\": }");
        var broken = new Azekura(workspace.path("home"), List.of(), Map.of());
        String line = broken.tryUp().exits(2).oneErrorLine();
        assertTrue(line.contains("wrong.json"), line);
        assertFalse(Files.exists(workspace.path("home/catalog")) || Files.exists(workspace.path("home/pools")), "something was made");
    }

    @Test
    void aSecondStartOnTheSameHomeNamesTheProcess(Azekura azekura) throws Exception {
        String line = azekura.tryUp().exits(1).oneErrorLine();
        assertTrue(line.contains(Long.toString(azekura.process().pid())), line);
        azekura.call("status").exits(0);
    }

    @Test
    void aPathThatLeavesTheTargetIsRefused(Azekura azekura) throws Exception {
        String snapshot = azekura.backup(source);
        Path target = workspace.directory("inner/target");
        for (String path : List.of(source + "/../../escape", source + "/directory/../file", "/..", source.toString().substring(1), "")) {
            var answer = Rest.post(azekura, "jobs", Map.of("kind", "restore", "snapshot", snapshot, "paths", List.of(path), "to", target.toString()));
            assertEquals(400, answer.statusCode(), path + ": " + answer.body());
        }
        for (String to : List.of(target + "/../elsewhere", "relative", "")) {
            var answer = Rest.post(azekura, "jobs", Map.of("kind", "restore", "snapshot", snapshot, "paths", List.of(), "to", to));
            assertEquals(400, answer.statusCode(), to + ": " + answer.body());
        }
        azekura.call("restore", snapshot, source + "/../../../../escape", "--to", target.toString()).exits(1).oneErrorLine();
        assertEquals(1, Tree.list(workspace.path("inner/target")).size());
        assertEquals(2, Tree.list(workspace.path("inner")).size());
    }

    @Test
    void aSymlinkInTheTargetIsNotFollowed(Azekura azekura) throws Exception {
        String snapshot = azekura.backup(source);
        Path outside = workspace.directory("outside");
        Path target = workspace.path("target");
        Path restored = Azekura.at(target, source);
        Files.createDirectories(restored);
        Files.createSymbolicLink(restored.resolve("directory"), outside);
        Files.createSymbolicLink(restored.resolve("file"), outside.resolve("file"));
        List<String> before = Tree.list(outside);

        JsonNode answer = azekura.json(3, "restore", snapshot, "--to", target.toString());
        assertEquals(before, Tree.list(outside));
        Set<String> named = Names.problems(answer.get("notRestored"), source);
        assertTrue(named.containsAll(Set.of("file", "directory/inside")) || named.containsAll(Set.of("file", "directory")), answer::toString);
    }

    @Test
    void anExistingFileIsKeptAndNamedUnlessItMayBeReplaced(Azekura azekura) throws Exception {
        String snapshot = azekura.backup(source);
        Path target = workspace.path("target");
        Path restored = azekura.restore(snapshot, source, target);
        Files.writeString(restored.resolve("file"), "mine");

        JsonNode kept = azekura.json(3, "restore", snapshot, "--to", target.toString());
        assertEquals(Set.of("file", "directory/inside"), Names.problems(kept.get("notRestored"), source));
        assertEquals("mine", Files.readString(restored.resolve("file")));

        azekura.json(0, "restore", snapshot, "--to", target.toString(), "--overwrite", "always");
        assertEquals(List.of(), Tree.diff(source, restored));
    }

    @Test
    void aRestoreThatIsOnlyTriedChangesNothing(Azekura azekura) throws Exception {
        Path target = workspace.path("target");
        azekura.json(0, "restore", azekura.backup(source), "--to", target.toString(), "--dry-run");
        assertFalse(Files.exists(target));
    }
}
