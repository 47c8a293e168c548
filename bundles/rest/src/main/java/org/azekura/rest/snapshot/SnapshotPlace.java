package org.azekura.rest.snapshot;

import java.time.DateTimeException;
import java.time.Instant;
import org.azekura.api.SnapshotId;
import org.azekura.api.server.Snapshots.Place;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Pages;
import org.azekura.rest.call.Refusal;

/** The place of a snapshot in pages, as a text: seconds, nanoseconds, id. */
final class SnapshotPlace {

    private SnapshotPlace() {}

    /** @param place null: there is none, and no text */
    static String text(Place place) {
        return place == null ? null : String.format("%019d %09d %s", place.stamped().getEpochSecond(), place.stamped().getNano(), place.id());
    }

    /** Where a call's page begins; null: at the first snapshot. */
    static Place after(Call call) throws Refusal {
        String after = Pages.after(call);
        if (after.isEmpty()) {
            return null;
        }
        String[] parts = after.split(" ", -1);
        try {
            return new Place(Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1])), SnapshotId.parse(parts[2]));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException | ArrayIndexOutOfBoundsException e) {
            throw Pages.unknownPlace(call);
        }
    }
}
