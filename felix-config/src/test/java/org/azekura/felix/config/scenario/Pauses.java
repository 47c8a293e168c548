package org.azekura.felix.config.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How long a job waited while its driver went to 7.0.0, failed to go to 7.1.0, and hung in going to 7.2.0, as its log tells. */
record Pauses(List<String> why, List<Duration> times) {

    /** On a machine whose processors are not wanted by more threads than there are of them; else as much longer as each of those has to wait. */
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
        double wanted = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() / Runtime.getRuntime().availableProcessors();
        Duration own = Duration.ofMillis((long) (OWN.toMillis() * Math.max(1, wanted)));
        assertTrue(times.get(0).compareTo(own) < 0 && times.get(1).compareTo(own) < 0 && times.get(2).compareTo(own.plus(start).plusSeconds(1)) < 0,
                () -> times + " at a bound of " + own);
    }
}
