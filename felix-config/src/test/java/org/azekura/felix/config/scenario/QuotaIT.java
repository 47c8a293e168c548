package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client stores no more than it may, and what was too much leaves nothing behind. */
@ExtendWith(Shared.class)
class QuotaIT {

    private static final Duration WAIT = Duration.ofMinutes(3);
    /** More than one pack, so that something is durable when there is no more room. */
    private static final int ROOM = 50_000_000;

    @Test
    void aBackupThatWouldPassTheQuotaFailsAndGoesWithTheNextPrune(Azekura azekura) throws Exception {
        try (var workspace = new Workspace(QuotaIT.class)) {
            azekura.json(0, "prune", "--pool", "default");
            JsonNode before = client(azekura);
            String name = before.get("name").asText();
            long used = before.get("used").asLong();
            assertEquals(-1, before.get("quota").asLong());
            long quota = used + ROOM;
            assertEquals(quota, azekura.json(0, "client", "quota", name, Long.toString(quota)).get("quota").asLong());
            try {
                Path small = workspace.path("small");
                Tree.bulk(small, 5, 1_000_000, 41);
                azekura.backup(small);
                Path big = workspace.path("big");
                Tree.bulk(big, 20, 90_000_000, 42);
                Run refused = azekura.call("backup", big.toString()).exits(1);
                assertTrue(refused.err().contains("azekura client quota " + name) && refused.err().contains(Long.toString(quota)), refused::toString);
                assertTrue(client(azekura).get("used").asLong() <= quota, () -> "more than " + quota);
                assertTrue(azekura.json(0, "job", "list").valueStream().toList().getLast().get("error").asText().contains("may have"));

                assertTrue(azekura.json(0, "prune", "--pool", "default").get("freed").asLong() > 0);
                assertTrue(client(azekura).get("used").asLong() < used + 2_000_000, () -> "what the failed backup sent is there still");
                azekura.backup(small);
                twoAtOnce(azekura, workspace, quota);
                azekura.json(0, "prune", "--pool", "default");
            } finally {
                assertEquals(-1, azekura.json(0, "client", "quota", name, "none").get("quota").asLong());
            }
            assertEquals(404, Rest.post(azekura, "clients/nobody/quota", Map.of("quota", 1)).statusCode());
            azekura.call("client", "quota", "nobody").exits(1);
        }
    }

    private static void twoAtOnce(Azekura azekura, Workspace workspace, long quota) throws Exception {
        Path one = workspace.path("one");
        Path two = workspace.path("two");
        Tree.bulk(one, 10, 50_000_000, 43);
        Tree.bulk(two, 10, 50_000_000, 44);
        Process first = azekura.begin("backup", "--name", "one", one.toString());
        Process second = azekura.begin("backup", "--name", "two", two.toString());
        List<Run> runs = List.of(Run.await(first, WAIT, azekura.command("backup")), Run.await(second, WAIT, azekura.command("backup")));
        assertTrue(runs.stream().anyMatch(run -> run.exit() == 1 && run.err().contains("client quota")), runs::toString);
        assertTrue(client(azekura).get("used").asLong() <= quota, () -> "together more than " + quota);
    }

    /** The appliance's own: the host is listed as storage node, too, and clients that others have left are not connected. */
    private static JsonNode client(Azekura azekura) throws Exception {
        return azekura.json(0, "client", "list").valueStream().filter(host -> host.get("role").asText().equals("client") && host.get("connected").asBoolean())
                .findAny().orElseThrow();
    }
}
