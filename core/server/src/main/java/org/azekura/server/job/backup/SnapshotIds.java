package org.azekura.server.job.backup;

import java.security.SecureRandom;
import java.time.Instant;
import org.azekura.api.SnapshotId;

/** Mints snapshot ids: 48 bits of milliseconds, then random bits, so that ids sort by time and never meet. */
final class SnapshotIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private SnapshotIds() {}

    /** @param now by the clock that snapshots are stamped with */
    static SnapshotId mint(Instant now) {
        return new SnapshotId(now.toEpochMilli() << 16 | RANDOM.nextLong() & 0xffff, RANDOM.nextLong());
    }
}
