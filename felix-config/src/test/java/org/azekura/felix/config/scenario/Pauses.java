package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long a job waited while its driver went to 7.0.0, failed to go to 7.1.0, and hung in going to 7.2.0, as its log tells. */
record Pauses(List<String> why, List<Duration> times) {

    private static final Duration OWN = Duration.ofSeconds(3);

    static Pauses in(JsonNode log) {
        List<Instant> begun = new ArrayList<>();
        List<Duration> times = new ArrayList<>();
        List<String> why = new ArrayList<>();
        for (JsonNode line : log) {
            String text = line.get("text").asText();
            Instant at = Instant.parse(line.get("time").asText());
            if (text.startsWith("paused: ")) {
                begun.add(at);
                why.add(text);
            } else if (text.equals("goes on")) {
                times.add(Duration.between(begun.getLast(), at));
            }
        }
        return new Pauses(why, times);
    }

    /** Each pause has its line, and takes no longer than what the driver itself takes, and three seconds. @param start the time-out of a start */
    void assertShort(DiskVersions versions, String driver, Duration start) {
        System.out.println("pauses of a job whose driver " + driver + " changed: " + times);
        String updated = "paused: driver " + driver + " is updated from ";
        assertEquals(List.of(updated + versions.here() + " to 7.0.0", updated + "7.0.0 to 7.1.0", updated + "7.0.0 to 7.2.0"), why);
        assertEquals(3, times.size(), why::toString);
        assertTrue(times.get(0).compareTo(OWN) < 0 && times.get(1).compareTo(OWN) < 0 && times.get(2).compareTo(OWN.plus(start).plusSeconds(1)) < 0,
                times::toString);
    }
}
