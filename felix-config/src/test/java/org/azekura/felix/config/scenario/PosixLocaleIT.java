package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scenario 1 where the machine speaks ASCII only, as in a service or a container: names are bytes all the same. */
class PosixLocaleIT {

    @Test
    void everyFileComesBackUnderTheLocaleC() throws Exception {
        try (var workspace = new Workspace(PosixLocaleIT.class);
                var azekura = new Azekura(workspace.path("home"), List.of(), Map.of("LC_ALL", "C", "LANG", "C")).up()) {
            Path source = workspace.path("source");
            Tree.make(source, 2);
            String snapshot = azekura.backup(source);
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("target"))));
        }
    }
}
