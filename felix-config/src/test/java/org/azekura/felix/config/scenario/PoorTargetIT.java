package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
            // One row for each kind, under the target's name: no file is missing, so none is named.
            assertEquals(Set.of(target.toString()), Names.problems(answer.get("notRestored"), source), answer::toString);
            List<String> reasons = answer.get("notRestored").findValuesAsText("reason");
            for (String kind : List.of("xattr user.", "xattr trusted.", "posix_acl_access", "posix_acl_default", "capabilities")) {
                assertEquals(1, reasons.stream().filter(reason -> reason.contains(kind)).count(), () -> kind + " in " + answer);
            }
            assertEquals(5, reasons.size(), answer::toString);
        }
    }
}
