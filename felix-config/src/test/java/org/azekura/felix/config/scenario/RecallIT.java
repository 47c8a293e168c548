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

/** A restore from two cartridges: where it lies is said before, and one that is away is asked for by name and waited for; a drill proves what is there and names the rest. */
class RecallIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void restoresFromCartridgesAndWaitsForOneThatIsAway() throws Exception {
        try (var workspace = new Workspace(RecallIT.class)) {
            Path source = workspace.directory("source");
            Tree.make(source.resolve("kinds"), 36);
            Tree.bulk(Files.createDirectory(source.resolve("many")), 500, 2_000_000, 36);
            random(source.resolve("large"), 8 << 20);
            try (var azekura = Azekura.up(workspace.path("home"))) {
                azekura.call("device", "add", "lib1", "--driver", "simulator", "--set", "folder=" + workspace.path("library"), "--set", "drives=2", "--set",
                        "capacity_MB=40").exits(0);
                azekura.call("pool", "create", "tape", "--driver", "simulator", "--set", "library=lib1").exits(0);
                azekura.json(0, "save-set", "create", "all", "--include", source.toString());
                azekura.call("backup", "--pool", "tape", "--name", "all");
                random(source.resolve("many/another"), 32 << 20);
                String snapshot = azekura.json(0, "backup", "--pool", "tape", "--name", "all").get("snapshot").asText();
                rehearsesACopy(azekura, source.resolve("large"));
                assertEquals(List.of(), Tree.diff(source, azekura.restore(snapshot, source, workspace.path("restored"))));
                waits(azekura, snapshot, source, workspace);
            }
        }
    }

    private static void waits(Azekura azekura, String snapshot, Path source, Workspace workspace) throws Exception {
        Path to = workspace.path("later");
        JsonNode large = where(azekura, snapshot, source.resolve("large"));
        assertEquals(List.of("1", "true", "1", Integer.toString(8 << 20)), List.of(Integer.toString(large.size()), large.get(0).get("there").asText(),
                large.get(0).get("files").asText(), large.get(0).get("bytes").asText()));
        String first = large.get(0).get("barcode").asText();
        JsonNode lying = where(azekura, snapshot, source.resolve("many/another"));
        String away = lying.get(lying.size() - 1).get("barcode").asText();
        assertNotEquals(first, away);
        azekura.call("library", "move", "lib1", away, "mail").exits(0);
        assertFalse(where(azekura, snapshot, source.resolve("many/another")).get(lying.size() - 1).get("there").asBoolean());
        Run dry = azekura.call("restore", snapshot, "--to", to.toString(), "--dry-run").exits(0);
        assertTrue(dry.out().contains("cartridge " + away + ", ") && dry.out().contains("cartridge " + first + ", "), dry::toString);
        Run parked = azekura.call("restore", snapshot, "--to", to.toString(), "--park-wait", "1");
        assertTrue(parked.err().contains("cartridge " + away + " is not in the library of pool tape; put it in"), parked::toString);
        assertTrue(Files.exists(Azekura.at(to, source.resolve("large"))), "what can be had comes at once");
        Path alone = to.resolveSibling("alone");
        azekura.call("restore", snapshot, source.resolve("large").toString(), "--to", alone.toString()).exits(0);
        assertEquals(-1, Files.mismatch(source.resolve("large"), Azekura.at(alone, source.resolve("large"))), "a file needs no cartridge but its own");
        rehearsesWhatIsThere(azekura, workspace, away);
        azekura.call("library", "move", "lib1", away, "slot").exits(0);
        JsonNode ended = await(azekura, Parked.job(parked));
        assertTrue(List.of("done", "warned").contains(ended.get("state").asText()), ended::toString);
        assertEquals(List.of(), Tree.diff(source, Azekura.at(to, source)));
    }

    /** By a plan, whose turn a copy on a cartridge is. */
    private static void rehearsesACopy(Azekura azekura, Path large) {
        azekura.json(0, "save-set", "create", "one", "--include", large.toString());
        String snapshot = azekura.json(0, "backup", "--pool", "default", "--name", "one").get("snapshot").asText();
        azekura.call("copy", "--to", "tape", "--snapshot", snapshot).exits(0);
        azekura.json(0, "drill", "plan", "create", "copied", "--save-set", "one", "--pool", "tape", "--whole");
        JsonNode proof = rehearsed(azekura, "copied", 0);
        assertEquals("proven tape " + (8 << 20) + " 0 []", proof.get("outcome").asText() + " " + proof.get("pool").asText() + " " + proof.get("bytes").asText() + " "
                + proof.get("differences").asText() + " " + proof.get("told"), proof::toString);
        assertTrue(proof.get("times").get("restoring").asLong() > 0, proof::toString);
    }

    /** The cartridge is not even in a mail slot: what lies on it is named, by its barcode, and the rest is proven. */
    private static void rehearsesWhatIsThere(Azekura azekura, Workspace workspace, String away) throws Exception {
        Path folder = workspace.path("library");
        Files.writeString(folder.resolve("faults"), "take " + away + "\n");
        azekura.call("library", "inventory", "lib1").exits(3);
        azekura.json(0, "drill", "plan", "create", "taped", "--save-set", "all", "--whole");
        JsonNode proof = rehearsed(azekura, "taped", 3);
        assertEquals("partly tape 0", proof.get("outcome").asText() + " " + proof.get("pool").asText() + " " + proof.get("differences").asText(), proof::toString);
        assertEquals("[\"1 file lies on what is away: cartridge " + away + "\"]", proof.get("told").toString());
        JsonNode result = Rest.get(azekura, "jobs/" + proof.get("job").asText() + "/result");
        assertEquals(result.get("ofFiles").asLong() - 1, result.get("files").asLong(), () -> "all others are proven: " + result);
        Path report = workspace.path("report.html");
        azekura.call("drill", "report", proof.get("job").asText(), "--to", report.toString()).exits(0);
        assertTrue(Files.readString(report).contains("1 file lies on what is away: cartridge " + away));
        Files.writeString(folder.resolve("faults"), "insert " + away + "\n");
        azekura.call("library", "inventory", "lib1").exits(0);
    }

    /** What a plan's drill proved. */
    private static JsonNode rehearsed(Azekura azekura, String plan, int exit) {
        String job = azekura.json(0, "drill", "plan", "run", plan).get("steps").get(0).get("job").asText();
        azekura.call("job", "watch", job).exits(exit);
        return azekura.json(0, "drill", "show", job);
    }

    private static JsonNode where(Azekura azekura, String snapshot, Path path) {
        return azekura.json(0, "snapshot", "where", snapshot, path.toString());
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
