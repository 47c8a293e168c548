package org.azekura.server.job.recycle;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.SnapshotCopy;

/**
 * Whole copies of snapshots that something happens to.
 *
 * @param pools how many lie in each
 */
record CopiesElsewhere(Map<PoolName, Integer> pools) {

    static CopiesElsewhere of(CatalogView view, Collection<SnapshotId> snapshots) throws BackupException {
        Map<PoolName, Integer> pools = new TreeMap<>();
        for (SnapshotId snapshot : snapshots) {
            for (SnapshotCopy copy : view.copies(snapshot)) {
                if (!copy.damaged()) {
                    pools.merge(view.replica(copy.replica()).orElseThrow().within(), 1, Integer::sum);
                }
            }
        }
        return new CopiesElsewhere(pools);
    }

    /** For people, behind what happens to the snapshots; empty if there are none. */
    String words() {
        return pools.isEmpty() ? "" : "; they are restored from copies where there are some: " + pools.entrySet().stream()
                .map(one -> one.getValue() + " in pool " + one.getKey()).collect(Collectors.joining(", "));
    }
}
