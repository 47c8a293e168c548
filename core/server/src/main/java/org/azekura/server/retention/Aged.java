package org.azekura.server.retention;

import java.time.Instant;
import java.util.Comparator;
import org.azekura.api.SnapshotId;

/**
 * A snapshot as its age is counted.
 *
 * @param stamp    what it was stamped with: by this it is asked whether time has passed
 * @param received when that was, as far as it is known: in the day of this it lies
 */
record Aged(SnapshotId id, Instant stamp, Instant received) {

    static final Comparator<Aged> OLDEST_FIRST = Comparator.comparing(Aged::received).thenComparing(Aged::stamp).thenComparing(Aged::id);
}
