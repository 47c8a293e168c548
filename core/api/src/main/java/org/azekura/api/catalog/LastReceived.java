package org.azekura.api.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;

/**
 * What of a save set came last into one place.
 *
 * @param pool  with snapshots of it, or a replica with copies of such
 * @param last  the snapshot that was received last of those there; of several at one time the one of the greatest id
 * @param at    when that was received, by its own pool
 * @param first of those there the one of the smallest id
 */
public record LastReceived(SaveSetId saveSet, PoolName pool, SnapshotId last, Instant at, SnapshotId first) {

    static LastReceived of(Snapshot one, PoolName pool) {
        return new LastReceived(new SaveSetId(one.client(), one.saveSet()), pool, one.id(), one.received(), one.id());
    }

    /** One for each save set and place. */
    static Collection<LastReceived> fold(Collection<LastReceived> rows) {
        Map<String, LastReceived> last = new TreeMap<>();
        rows.forEach(row -> last.merge(String.join("\0", row.saveSet.client().value(), row.saveSet.name().value(), row.pool.value()), row, LastReceived::with));
        return last.values();
    }

    private LastReceived with(LastReceived other) {
        int later = at.equals(other.at) ? last.compareTo(other.last) : at.compareTo(other.at);
        LastReceived newer = later < 0 ? other : this;
        return new LastReceived(saveSet, pool, newer.last, newer.at, first.compareTo(other.first) < 0 ? first : other.first);
    }
}
