package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A restore from two cartridges: where it lies is said before, and one that is away is asked for by name and waited for. */
class RecallIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void restoresFromCartridgesAndWaitsForOneThatIsAway() throws Exception {
        try (var workspace = new Workspace(RecallIT.class)) {
            Path source = workspace.directory("source");
            Tree.make(source.resolve("kinds"), 36);
            Tree.bulk(Files.createDirectory(source.resolve("many")), 500, 2_000_000, 36);
            random(source.resolve("large"), 24 << 20);
            try (var azekura = Azekura.up(workspace.path("home"))) {
                azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + workspace.path("library"), "--set", "drives=2", "--set",
                        "capacity_MB=40").exits(0);
                azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1").exits(0);
                azekura.call("backup", "--pool", "tape", source.toString());
                random(source.resolve("many/another"), 12 << 20);
                String snapshot = azekura.json(0, "backup", "--pool", "tape", source.toString()).get("snapshot").asText();
                assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
                waits(azekura, snapshot, source, workspace.path("later"));
            }
        }
    }

    private static void waits(Azekura azekura, String snapshot, Path source, Path to) throws Exception {
        String first = where(azekura, snapshot, source.resolve("large")).get("barcode").asText();
        JsonNode lying = where(azekura, snapshot, source.resolve("many/another"));
        String away = lying.get("barcode").asText();
        assertNotEquals(first, away);
        assertEquals(List.of("true", "1", Integer.toString(12 << 20)), List.of(lying.get("there").asText(), lying.get("files").asText(), lying.get("bytes").asText()));
        azekura.call("library", "move", "lib1", away, "mail").exits(0);
        assertFalse(where(azekura, snapshot, source.resolve("many/another")).get("there").asBoolean());
        Run dry = azekura.call("restore", snapshot, "--to", to.toString(), "--dry-run").exits(0);
        assertTrue(dry.out().contains("cartridge " + away + ", ") && dry.out().contains("cartridge " + first + ", drive "), dry::toString);
        Run parked = azekura.call("restore", snapshot, "--to", to.toString(), "--park-wait", "1");
        assertTrue(parked.err().contains("cartridge " + away + " is not in the library of pool tape; put it in"), parked::toString);
        assertTrue(Files.exists(Azekura.at(to, source.resolve("large"))), "what can be had comes at once");
        Path alone = to.resolveSibling("alone");
        azekura.call("restore", snapshot, source.resolve("large").toString(), "--to", alone.toString()).exits(0);
        assertEquals(-1, Files.mismatch(source.resolve("large"), Azekura.at(alone, source.resolve("large"))), "a file needs no cartridge but its own");
        azekura.call("library", "move", "lib1", away, "slot").exits(0);
        JsonNode ended = await(azekura, Parked.job(parked));
        assertTrue(List.of("done", "warned").contains(ended.get("state").asText()), ended::toString);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(to, source)));
    }

    private static JsonNode where(Azekura azekura, String snapshot, Path path) {
        JsonNode all = azekura.json(0, "snapshot", "where", snapshot, path.toString());
        assertEquals(1, all.size(), all::toString);
        return all.get(0);
    }

    private static JsonNode await(Azekura azekura, String job) throws Exception {
        for (long end = System.nanoTime() + LIMIT.toNanos(); System.nanoTime() < end; Thread.sleep(200)) {
            JsonNode now = Rest.get(azekura, "jobs/" + job);
            if (List.of("done", "warned", "failed").contains(now.get("state").asText())) {
                return now;
            }
        }
        throw new AssertionError("job " + job + " does not end");
    }

    private static void random(Path file, int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(file, bytes);
    }
}
