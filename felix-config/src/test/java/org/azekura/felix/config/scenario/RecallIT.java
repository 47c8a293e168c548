package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A restore from cartridges: where it lies is said before, each cartridge is read in one pass, and one that is away is asked for by name and waited for. */
class RecallIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String CARTRIDGE = "A00002L8";

    @Test
    void restoresFromCartridgesAndWaitsForOneThatIsAway() throws Exception {
        try (var workspace = new Workspace(RecallIT.class)) {
            Path source = workspace.directory("source");
            Tree.make(source.resolve("kinds"), 36);
            Tree.bulk(Files.createDirectory(source.resolve("many")), 2_500, 9_000_000, 36);
            random(source.resolve("large"), 24 << 20);
            Path library = workspace.path("library");
            try (var azekura = Azekura.up(workspace.path("home"))) {
                azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + library, "--set", "drives=2").exits(0);
                azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1", "--set", "barcode=" + CARTRIDGE).exits(0);
                azekura.call("backup", "--pool", "tape", source.toString());
                random(source.resolve("many/another"), 3 << 20);
                String snapshot = azekura.json(0, "backup", "--pool", "tape", source.toString()).get("snapshot").asText();
                JsonNode where = azekura.json(0, "snapshot", "where", snapshot, source + "/large");
                assertEquals(List.of(CARTRIDGE, "true", "1", Integer.toString(24 << 20)), facts(where.get(0)), where::toString);
                assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
                Run dry = azekura.call("restore", snapshot, "--to", workspace.path("nowhere").toString(), "--dry-run").exits(0);
                assertTrue(dry.out().contains("cartridge " + CARTRIDGE + ", drive 0"), dry::toString);
                waits(azekura, library, snapshot, source, workspace.path("later"));
            }
        }
    }

    private static void waits(Azekura azekura, Path library, String snapshot, Path source, Path to) throws Exception {
        azekura.down();
        hands(library, "take " + CARTRIDGE);
        azekura.up();
        assertFalse(azekura.json(0, "snapshot", "where", snapshot).get(0).get("there").asBoolean());
        Run parked = azekura.call("restore", snapshot, "--to", to.toString(), "--park-wait", "1");
        assertTrue(parked.err().contains("cartridge " + CARTRIDGE + " is not in the library of pool tape; put it in"), parked::toString);
        String job = Parked.job(parked);
        hands(library, "insert " + CARTRIDGE);
        JsonNode ended = await(azekura, job);
        assertEquals("done", ended.get("state").asText(), ended::toString);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(to, source)));
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

    private static List<String> facts(JsonNode place) {
        return List.of(place.get("barcode").asText(), place.get("there").asText(), place.get("files").asText(), place.get("bytes").asText());
    }

    private static void random(Path file, int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(file, bytes);
    }

    private static void hands(Path library, String line) throws Exception {
        Files.writeString(library.resolve("faults"), line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
