package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;

/**
 * A whole copy of a snapshot in a {@link Replica}. It may outlive its snapshot, until the manifest is off the medium, too.
 *
 * @param replica by its name
 * @param job     that completed it
 * @param at      by the server's clock
 * @param damaged whether chunks of it were found damaged since
 */
public record SnapshotCopy(SnapshotId snapshot, PoolName replica, JobId job, Instant at, boolean damaged) {}
