package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.azekura.felix.config.BundleList.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleListTest {

    @TempDir
    Path folder;

    @Test
    void joinsListsInOrder() throws Exception {
        write("common", "# what all need\n\n1 asm\n20 org.azekura.api\n");
        write("node", "20 org.azekura.api\n30 org.azekura.storagenode\n");
        var list = BundleList.read(folder, List.of("common", "node"));
        assertEquals(List.of(new Entry(1, "asm"), new Entry(20, "org.azekura.api"), new Entry(30, "org.azekura.storagenode")),
                list.entries());
        assertEquals(30, list.highestStartLevel());
    }

    @Test
    void refusesTwoStartLevelsForOneJar() throws IOException {
        write("common", "1 asm\n");
        write("node", "2 asm\n");
        assertRefused("asm has start level 2 here and 1 elsewhere", "common", "node");
    }

    @Test
    void refusesWhatIsNoLine() throws IOException {
        write("common", "asm 1\n");
        assertRefused("found \"asm 1\"", "common");
    }

    @Test
    void refusesAListThatIsNotThere() {
        assertRefused("tape.bundles can't be read", "tape");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".bundles"), text);
    }

    private void assertRefused(String part, String... names) {
        var refused = assertThrows(StartFailure.class, () -> BundleList.read(folder, List.of(names)));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
