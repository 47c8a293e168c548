package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 1: a tree with all file kinds, names that are not text, and paths beyond 4096 bytes. */
@ExtendWith(Shared.class)
class AllKindsIT {

    private Workspace workspace;
    private Path source;

    @BeforeEach
    void makeTree() throws Exception {
        workspace = new Workspace(AllKindsIT.class);
        source = workspace.path("source");
        List<String> skipped = Tree.make(source, 1);
        assertTrue(!Tree.ROOT || skipped.isEmpty(), skipped::toString);
    }

    @AfterEach
    void clean() {
        workspace.close();
    }

    @Test
    void everyFileComesBackWithEveryAttribute(Azekura azekura) {
        String snapshot = azekura.backup(source);
        assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("target"))));

        JsonNode drill = azekura.json(0, "drill", "run", snapshot, "--whole");
        assertEquals("proven 0 0", drill.get("outcome").asText() + " " + drill.get("differences") + " " + drill.get("unproven"), drill::toString);
        assertEquals(drill.get("ofFiles"), drill.get("files"), drill::toString);
        assertEquals(0, azekura.home.resolve("client/scratch").toFile().list().length);
    }

    @Test
    void aMountedSnapshotIsTheSameTreeAndCannotBeWritten(Azekura azekura) throws Exception {
        assumeTrue(Mounted.POSSIBLE, "needs root, /dev/fuse and the Debian package fuse3");
        String snapshot = azekura.backup(source);
        try (Mounted mounted = Mounted.on(azekura, snapshot, workspace.directory("mounted"))) {
            Path tree = Azekura.at(mounted.at, source);
            assertEquals(List.of(), Tree.diff(source, tree));
            assertThrows(FileSystemException.class, () -> Files.createFile(tree.resolve("new")), "it is read-only");

            Run twice = azekura.call("mount", snapshot, mounted.at.toString()).exits(2);
            assertTrue(twice.oneErrorLine().contains(mounted.at + " is a mount of azekura:" + snapshot + " already"), twice::toString);
            assertEquals("mount", azekura.json(0, "job", "show", mounted.job).get("kind").asText());

            // A container that is started now holds a copy of the mount for as long as it runs.
            Process container = Mounted.copied();
            mounted.unmount();
            assertEquals(0, mounted.exit());
            container.destroy();
            assertEquals("done", azekura.json(0, "job", "show", mounted.job).get("state").asText());
        }
        try (Mounted mounted = Mounted.on(azekura, snapshot, workspace.directory("mounted"))) {
            azekura.call("job", "cancel", mounted.job).exits(0);
            assertEquals(1, mounted.exit());
            assertEquals(List.of(), List.of(mounted.at.toFile().list()));
        }
    }

    @Test
    void whatHasANameThatIsNotTextIsListedAndRestoredAlone(Azekura azekura) {
        String snapshot = azekura.backup(source);
        Set<String> listed = new TreeSet<>();
        for (JsonNode row : azekura.json(0, "snapshot", "ls", snapshot, source + "/names")) {
            listed.add(Names.percent(row.get("path").asText()));
        }
        assertTrue(listed.contains(source + "/names/bad-\u00ff\u00fe"), listed::toString);
        assertTrue(listed.contains(source + "/names/new\nline"), listed::toString);

        Path target = workspace.path("target");
        JsonNode answer = azekura.json(0, "restore", snapshot, source + "/names/bad-%FF%FE", "--to", target.toString());
        assertEquals(1, answer.get("files").asInt(), answer::toString);
        List<String> differences = Tree.diff(source, Azekura.at(target, source));
        assertTrue(differences.stream().noneMatch(line -> line.startsWith("! names/bad-") || line.startsWith("- names/bad-\\xff\\xfe")),
                differences::toString);
        assertEquals(Set.of(".", "names", "names/bad-\u00ff\u00fe", "names/bad-\u00ff\u00fe/bad-\u00ff\u00fe"), paths(Tree.list(Azekura.at(target, source))));
    }

    private static Set<String> paths(List<String> lines) {
        Set<String> paths = new TreeSet<>();
        lines.forEach(line -> paths.add(Names.escaped(line.split(" ")[0])));
        return paths;
    }
}
