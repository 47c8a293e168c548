package org.azekura.rest.snapshot;

import java.util.List;
import org.azekura.api.catalog.Pin;
import org.azekura.api.server.Retention;
import org.azekura.rest.call.Json;

/**
 * Whether a snapshot stays.
 *
 * @param keeps       why it does, like {@code daily 2026-11-24}
 * @param pinned      null if it is not
 * @param lockedUntil until when nobody can delete it; null if it is not locked
 * @param expires     whether the next expiry takes it away
 */
public record StayView(List<String> keeps, Pinned pinned, String lockedUntil, boolean expires) {

    /** @param until null until somebody unpins it */
    public record Pinned(String since, String until, String why) {

        public static Pinned of(Pin pin) {
            return pin == null ? null : new Pinned(Json.time(pin.since()), Json.time(pin.until()), pin.why());
        }
    }

    public static StayView of(Retention.Stay stay) {
        return new StayView(stay.reasons().stream().map(Retention.Reason::text).toList(), Pinned.of(stay.pin()), Json.time(stay.lockedUntil()), stay.expires());
    }
}
