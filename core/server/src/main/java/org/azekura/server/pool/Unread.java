package org.azekura.server.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;

/** Since when packs were not read: verified last, or written if they never were. */
public final class Unread {

    private Unread() {}

    /** Of each volume of a set, the oldest such time of what lies on it: copies of other pools count, too. */
    public static Map<VolumeId, Instant> since(CatalogView view, Pool set) throws BackupException {
        Map<VolumeId, Instant> since = new HashMap<>();
        for (Pool each : Replicas.onMediaOf(view, set)) {
            view.unreadSince(each.name()).forEach((volume, time) -> since.merge(volume, time, (one, other) -> one.isBefore(other) ? one : other));
        }
        return since;
    }

    /** These by how long something of theirs on a volume was not read, the longest first; those that have nothing there come last. */
    public static List<Pool> longestFirst(CatalogView view, List<Pool> there, VolumeId volume) throws BackupException {
        Map<PoolName, Instant> since = new HashMap<>();
        for (Pool each : there) {
            since.put(each.name(), view.unreadSince(each.name()).getOrDefault(volume, Instant.MAX));
        }
        List<Pool> sorted = new ArrayList<>(there);
        sorted.sort(Comparator.comparing(each -> since.get(each.name())));
        return sorted;
    }
}
