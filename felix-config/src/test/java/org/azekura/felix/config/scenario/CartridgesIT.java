package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pool goes on from cartridge to cartridge, waits for one when there is none, and leaves them to another pool when it is deleted. */
@ExtendWith(Shared.class)
class CartridgesIT {

    @Test
    void aBackupWaitsForTheNextCartridgeAndGoesOn(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(CartridgesIT.class)) {
            Path library = workspace.path("library");
            azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + library, "--set", "cartridges=2", "--set", "capacity_MB=64",
                    "--set", "earlyWarning_MB=8").exits(0);
            azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1").exits(0);
            Path source = source(workspace);

            String line = azekura.call("backup", "--pool", "tape", "--park-wait", "1", source.toString()).exits(1).oneErrorLine();
            assertTrue(line.contains("parked") && line.contains("pool tape needs another cartridge in library lib1"), line);
            String job = line.replaceAll(".*job (\\d+) parked.*", "$1");
            assertEquals(List.of("1 full", "2 full"), volumes(azekura));

            Files.writeString(library.resolve("faults"), "insert A00009L8\n");
            azekura.call("library", "move", "lib1", "A00009L8", "slot").exits(0);
            azekura.call("job", "watch", job).exits(0);
            assertEquals(List.of("1 full", "2 full", "3 appendable"), volumes(azekura));
            String snapshot = Rest.get(azekura, "jobs/" + job + "/result").get("snapshot").asText();
            assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
            assertEquals(0, azekura.json(0, "verify", "--pool", "tape").get("damaged").size());

            String held = azekura.call("pool", "delete", "tape").exits(1).oneErrorLine();
            assertTrue(held.contains("held by 1 snapshot (azekura snapshot delete)"), held);
            azekura.call("snapshot", "delete", snapshot).exits(0);
            azekura.call("pool", "delete", "tape").exits(0);
            assertEquals(List.of("scratch", "scratch", "scratch"), states(azekura.json(0, "volume", "list")).stream().filter("scratch"::equals).toList());
            azekura.call("pool", "create", "next", "--driver", "simulator", "--set", "library=lib1").exits(0);
            String again = azekura.backup(source, "--pool", "next");
            assertEquals(List.of(), Tree.diff(source, azekura.restore(again, source, workspace.path("again"))));
        }
    }

    private static Path source(Workspace workspace) throws Exception {
        Path source = workspace.directory("source");
        byte[] random = new byte[120 << 20];
        new Random(33).nextBytes(random);
        Files.write(source.resolve("random"), random);
        return source;
    }

    private static List<String> states(JsonNode volumes) {
        List<String> states = new ArrayList<>();
        volumes.forEach(row -> states.add(row.get("state").asText()));
        return states;
    }

    /** Of the pool, by number: each with its state. */
    private static List<String> volumes(Azekura azekura) throws Exception {
        List<String> volumes = new ArrayList<>();
        for (JsonNode row : azekura.json(0, "volume", "list", "--pool", "tape")) {
            volumes.add(row.get("number").asInt() + " " + row.get("state").asText());
        }
        return volumes;
    }
}
