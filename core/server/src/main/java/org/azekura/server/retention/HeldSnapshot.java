package org.azekura.server.retention;

import java.time.Instant;
import org.azekura.api.catalog.Snapshot;

/**
 * A snapshot that a lock keeps in one place.
 *
 * @param until when the lock of that place ends, if nothing is laid down anew
 */
public record HeldSnapshot(Snapshot snapshot, Instant until) {}
