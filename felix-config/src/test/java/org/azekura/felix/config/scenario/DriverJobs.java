package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Changes of drivers, as the jobs that they are. */
final class DriverJobs {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> BACKED_OUT = List.of(" pauses: ", " has not proved itself: ", " has proved itself", " goes on", "driver.backedout: ");

    private DriverJobs() {}

    /** Each is a job; that of a version which fails its self-test tells what happened, in order. */
    static void assertStories(Azekura azekura) {
        List<JsonNode> changes = azekura.json(0, "job", "list").valueStream().filter(job -> job.get("kind").asText().equals("driver")).toList();
        assertTrue(changes.stream().anyMatch(job -> job.get("state").asText().equals("done")), changes::toString);
        List<JsonNode> broken = changes.stream().filter(job -> job.get("error").asText().contains("finds itself broken")).toList();
        assertFalse(broken.isEmpty(), changes::toString);
        for (JsonNode job : broken) {
            assertEquals("failed", job.get("state").asText());
            List<String> log = azekura.json(0, "job", "log", job.get("id").asText()).findValuesAsText("text");
            int at = 0;
            for (String line : log) {
                at += at < BACKED_OUT.size() && line.contains(BACKED_OUT.get(at)) ? 1 : 0;
            }
            assertEquals(BACKED_OUT.size(), at, log::toString);
        }
    }

    /**
     * Kills the appliance in the middle of an update, and starts it again: the job ends as the version says that runs then.
     *
     * @param hangs a version that is long about its start
     * @param says  what the end of the job names
     */
    static void kill(Azekura azekura, Path hangs, String says) throws Exception {
        Process update = azekura.begin("driver", "update", hangs.toString());
        try {
            for (long end = System.nanoTime() + LIMIT.toNanos(); !azekura.json(0, "driver", "list").findValuesAsText("state").contains("swapping"); Thread.sleep(100)) {
                assertTrue(System.nanoTime() < end && update.isAlive(), "the driver does not change");
            }
            azekura.kill();
        } finally {
            update.destroy();
        }
        azekura.up();
        String job = azekura.json(0, "job", "list").valueStream().toList().getLast().get("id").asText();
        String ended = azekura.call("job", "watch", job).exits(1).toString();
        assertTrue(ended.contains(says), ended);
        try (Stream<Path> left = Files.list(azekura.home.resolve("server/packages"))) {
            assertEquals(List.of(), left.toList());
        }
    }
}
