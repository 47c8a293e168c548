package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 2: names of one file. */
@ExtendWith(Shared.class)
class HardLinksIT {

    private Workspace workspace;
    private Path source;

    @BeforeEach
    void makeTree() throws Exception {
        workspace = new Workspace(HardLinksIT.class);
        source = workspace.directory("source");
        Files.createDirectories(source.resolve("x/y"));
        Files.writeString(source.resolve("A"), "the data of all three");
        Files.createLink(source.resolve("x/B"), source.resolve("A"));
        Files.createLink(source.resolve("x/y/C"), source.resolve("A"));
    }

    @AfterEach
    void clean() {
        workspace.close();
    }

    @Test
    void allNamesRestoredAreOneFile(Azekura azekura) throws Exception {
        Path restored = azekura.restore(azekura.backup(source), source, workspace.path("target"));
        assertEquals(List.of(), Tree.diff(source, restored));
        assertEquals(3, Files.getAttribute(restored.resolve("A"), "unix:nlink"));
    }

    @Test
    void oneNameRestoredAloneHasTheData(Azekura azekura) throws Exception {
        String snapshot = azekura.backup(source);
        Path target = workspace.path("target");
        azekura.json(0, "restore", snapshot, source + "/x/B", "--to", target.toString());
        Path restored = Azekura.at(target, source).resolve("x/B");
        assertEquals("the data of all three", Files.readString(restored));
        assertEquals(1, Files.getAttribute(restored, "unix:nlink"));
    }

    @Test
    void aNameAddedLaterJoinsTheOthers(Azekura azekura) throws Exception {
        azekura.backup(source);
        Files.createLink(source.resolve("D"), source.resolve("A"));
        Path restored = azekura.restore(azekura.backup(source), source, workspace.path("target"));
        assertEquals(List.of(), Tree.diff(source, restored));
        assertEquals(4, Files.getAttribute(restored.resolve("D"), "unix:nlink"));
    }
}
