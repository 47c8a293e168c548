package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scenario 4: a target that knows neither xattrs nor ACLs nor capabilities. */
@ExtendWith(Shared.class)
class PoorTargetIT {

    @Test
    void whatTheTargetCannotKeepIsNamedAndTheDataIsComplete(Azekura azekura) throws Exception {
        assumeTrue(Tree.ROOT, "only root can mount a ramfs");
        try (var workspace = new Workspace(PoorTargetIT.class)) {
            Path source = workspace.path("source");
            Tree.make(source, 4);
            String snapshot = azekura.backup(source);
            Path target = workspace.mount("ramfs", "mode=0755", "ramfs");

            JsonNode answer = azekura.json(3, "restore", snapshot, "--to", target.toString());
            assertEquals(List.of(), Tree.diff(source, Azekura.at(target, source), "--ignore", "xattrs,blocks"));
            String reasons = answer.get("notRestored").toString().toLowerCase(java.util.Locale.ROOT);
            for (String kind : List.of("xattr", "acl", "capabilit")) {
                assertTrue(reasons.contains(kind), () -> "no warning about " + kind + " in " + answer);
            }
            Set<String> named = Names.problems(answer.get("notRestored"), source);
            Set<String> poorer = new TreeSet<>(Names.differing(Tree.diff(source, Azekura.at(target, source), "--ignore", "blocks")));
            assertEquals(poorer, named.stream().map(name -> name.equals(source.toString()) ? "." : name).collect(Collectors.toCollection(TreeSet::new)));
        }
    }
}
