package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.SnapshotId;

/**
 * Somebody's word that a snapshot stays.
 *
 * @param since by the server's retention time
 * @param until null as long as nobody takes it away
 * @param why   for people; empty if nobody said
 */
public record Pin(SnapshotId snapshot, Instant since, Instant until, String why) {}
