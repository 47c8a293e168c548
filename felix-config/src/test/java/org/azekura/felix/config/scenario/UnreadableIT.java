package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An appliance that may not read, give away and make everything names what it could not, and does the rest. */
class UnreadableIT {

    /** As root without the rights that make root more than the owner of its files. */
    private static final List<String> WEAK = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search,-chown,-mknod,-fowner");

    @Test
    void whatMayNotBeReadOrSetIsNamedAndTheRestIsDone() throws Exception {
        assumeTrue(Tree.ROOT, "only root can give rights up");
        try (var workspace = new Workspace(UnreadableIT.class);
                var azekura = new Azekura(workspace.path("home"), WEAK, Map.of("LC_ALL", "C.UTF-8")).up()) {
            Path source = workspace.path("source");
            makeTree(source);

            JsonNode saved = azekura.json(3, "backup", source.toString());
            assertEquals(Set.of("closed", "closed directory"), Names.problems(saved.get("warnings"), source));
            Run text = azekura.call("backup", source.toString()).exits(3);
            assertTrue(text.outLines().getLast().matches("[0-9a-f]{32}"), text::toString);
            List<String> lines = (text.out() + text.err()).lines().filter(line -> line.contains(source + "/closed")).toList();
            assertEquals(List.of(false, true), lines.stream().map(line -> line.contains("closed directory")).sorted().toList(), text::toString);

            Path target = workspace.path("target");
            JsonNode restored = azekura.json(3, "restore", saved.get("snapshot").asText(), "--to", target.toString());
            // A file that is there with another owner is told under the target's name, once for all.
            assertEquals(Set.of(target.toString(), "null"), Names.problems(restored.get("notRestored"), source));
            assertTrue(restored.toString().contains("owner"), restored::toString);
            Set<String> differing = new TreeSet<>(Names.differing(Tree.diff(source, Azekura.at(target, source))));
            assertTrue(differing.containsAll(Set.of("closed", "closed directory/inside", "owned", "null")), differing::toString);
            differing.removeAll(Set.of("closed", "closed directory", "closed directory/inside", "owned", "null"));
            assertEquals(Set.of(), differing);
        }
    }

    private static void makeTree(Path source) throws Exception {
        Tree.bulk(source, 20, 200_000, 8);
        for (String file : List.of("closed", "owned", "closed directory/inside")) {
            Files.createDirectories(source.resolve(file).getParent());
            Files.writeString(source.resolve(file), "content of " + file);
        }
        Files.setPosixFilePermissions(source.resolve("closed"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(source.resolve("closed directory"), PosixFilePermissions.fromString("---------"));
        Files.setAttribute(source.resolve("owned"), "unix:uid", 12345);
        Run.of(Duration.ofSeconds(10), "mknod", source + "/null", "c", "1", "3").exits(0);
    }
}
