package org.azekura.rest.protection;

import java.time.Duration;
import java.util.List;
import org.azekura.api.Timing;
import org.azekura.rest.call.Refusal;

/** What of a timing somebody lays down; null: as it was. Times in seconds. */
public record WantedTiming(String schedule, String zone, List<String> blackouts, Boolean leaveOut, Boolean catchUp, Integer priority, Integer atOnce, Integer spread,
        Integer retries, Integer retryAfter, Boolean enabled) {

    /** @throws IllegalArgumentException naming what is out of its range */
    public Timing over(Timing was) throws Refusal {
        if (blackouts != null && blackouts.contains(null)) {
            throw Refusal.badRequest("request.value", "blackouts", "the field \"blackouts\" has texts, like [\"mon..fri 08:00-18:00\"]");
        }
        return new Timing(or(schedule, was.schedule()).strip(), or(zone, was.zone()).strip(), or(blackouts, was.blackouts()), or(leaveOut, was.leaveOut()),
                or(catchUp, was.catchUp()), or(priority, was.priority()), or(atOnce, was.atOnce()), spread == null ? was.spread() : Duration.ofSeconds(spread),
                or(retries, was.retries()), retryAfter == null ? was.retryAfter() : Duration.ofSeconds(retryAfter), or(enabled, was.enabled()));
    }

    private static <T> T or(T wanted, T was) {
        return wanted == null ? was : wanted;
    }
}
