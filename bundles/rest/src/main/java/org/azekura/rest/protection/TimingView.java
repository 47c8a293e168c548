package org.azekura.rest.protection;

import java.util.List;
import org.azekura.api.Timing;

/**
 * When something runs.
 *
 * @param schedule   empty if it is run by hand
 * @param zone       of its times; empty: that of the server
 * @param spread     seconds
 * @param retryAfter seconds
 */
public record TimingView(String schedule, String zone, List<String> blackouts, boolean leaveOut, boolean catchUp, int priority, int atOnce, long spread, int retries,
        long retryAfter, boolean enabled) {

    public static TimingView of(Timing t) {
        return new TimingView(t.schedule(), t.zone(), t.blackouts(), t.leaveOut(), t.catchUp(), t.priority(), t.atOnce(), t.spread().toSeconds(), t.retries(),
                t.retryAfter().toSeconds(), t.enabled());
    }
}
