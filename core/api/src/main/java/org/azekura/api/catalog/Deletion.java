package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;

/**
 * A snapshot that was deleted. Its data stay while a job holds it, so what leads to them is kept; and the media can be told what must
 * not come back.
 *
 * @param root the tree of {@code /}
 * @param at   by the server's clock
 */
public record Deletion(SnapshotId snapshot, PoolName pool, ClientName client, ChunkId root, Instant at) {}
