package org.azekura.server.retention;

import java.time.Duration;
import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pin;

/** Which pins there may be. */
final class Pinning {

    private static final int LONGEST_WHY = 200;
    private static final Duration LONGEST = Duration.ofDays(366L * 1000);

    private Pinning() {}

    /** @throws BackupException {@code pin.invalid} */
    static Pin checked(SnapshotId id, Instant now, Duration time, Instant until, String why) throws BackupException {
        if (time != null && until != null) {
            throw invalid(id, "say until when or for how long, not both");
        }
        if (time != null && (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0)) {
            throw invalid(id, "a pin is for a time up to a thousand years, like 1y, not " + time);
        }
        if (why.length() > LONGEST_WHY || why.chars().anyMatch(Character::isISOControl)) {
            throw invalid(id, "why is one line of at most " + LONGEST_WHY + " characters");
        }
        Instant end = time == null ? until : now.plus(time);
        if (end != null && (!end.isAfter(now) || end.isAfter(now.plus(LONGEST)))) {
            throw invalid(id, "a pin ends in the future, within a thousand years; by the retention time it is " + now + ", so not " + end);
        }
        return new Pin(id, now, end, why);
    }

    private static BackupException invalid(SnapshotId id, String why) {
        return BackupException.operator("pin.invalid", id.toString(), "snapshot " + id + " is not pinned: " + why);
    }
}
