package org.azekura.server.retention;

import java.time.Duration;
import java.time.Instant;
import org.azekura.api.SnapshotId;
import org.azekura.server.media.LeftVolumes.Keeping;

/**
 * Something that keeps a snapshot beside the rules: a pin, a lock, a job.
 *
 * @param since from when it counts, by the retention time
 * @param time  for how long; null as long as it is there
 */
record Hold(SnapshotId snapshot, Instant since, Duration time, Ground reason) {

    boolean holds(Keeping keeping) {
        return time == null || !keeping.hasPassed(since, time);
    }
}
