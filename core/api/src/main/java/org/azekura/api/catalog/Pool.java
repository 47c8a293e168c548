package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;

/**
 * A media pool: volumes with one purpose and one dedup domain.
 *
 * @param driver           the family of its device, like {@code disk}
 * @param keyRing          the pool's keys, wrapped to its recipients; opaque here
 * @param compressionLevel zstd level, 1 to 19
 * @param livePercent      0 to 100: a prune rewrites packs of which less is alive
 * @param keyExported      when the recovery file was last written, null if never
 * @param group            of pools that stand in for each other; null if it has none
 * @param patience         seconds for which a backup waits for this pool's node before it goes to another pool of the group
 */
public record Pool(PoolName name, NodeName node, DeviceName device, String driver, ChunkSizes chunkSizes, int compressionLevel,
        int livePercent, byte[] keyRing, Instant created, Instant keyExported, PoolGroup group, int patience) {

    /** A node that only starts anew is there again by then. */
    public static final int PATIENCE = 20;

    /** A prune writes at most as much as it frees. */
    public static final int LIVE_PERCENT = 50;

    /** One without a group. */
    public Pool(PoolName name, NodeName node, DeviceName device, String driver, ChunkSizes chunkSizes, int compressionLevel, int livePercent,
            byte[] keyRing, Instant created, Instant keyExported) {
        this(name, node, device, driver, chunkSizes, compressionLevel, livePercent, keyRing, created, keyExported, null, PATIENCE);
    }

    /** The same with these settings. */
    public Pool with(int percent, int level) {
        return new Pool(name, node, device, driver, chunkSizes, level, percent, keyRing, created, keyExported, group, patience);
    }

    /** The same in this group, null for none. */
    public Pool with(PoolGroup other, int seconds) {
        return new Pool(name, node, device, driver, chunkSizes, compressionLevel, livePercent, keyRing, created, keyExported, other, seconds);
    }

    /** The same with this key ring, and with when its recovery file was last written. */
    public Pool with(byte[] ring, Instant exported) {
        return new Pool(name, node, device, driver, chunkSizes, compressionLevel, livePercent, ring, created, exported, group, patience);
    }
}
