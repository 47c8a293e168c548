package org.azekura.server.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.server.pool.MediaSets;

/** Where save sets lie: of each the pools with a snapshot or a copy of one, and the newest one there. */
final class Copies {

    private Copies() {}

    /** By save set; pools in which they were saved first. */
    static Map<SaveSetId, Map<PoolName, Snapshot>> newest(CatalogView view) throws BackupException {
        Map<SaveSetId, Map<PoolName, Snapshot>> newest = new TreeMap<>();
        Map<SnapshotId, Snapshot> all = new HashMap<>();
        List<Snapshot> snapshots = view.snapshots(null);
        Map<PoolName, PoolName> named = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            if (!named.containsKey(snapshot.pool())) {
                named.put(snapshot.pool(), MediaSets.named(view, snapshot.pool()));
            }
            all.put(snapshot.id(), snapshot);
            put(newest, snapshot, named.get(snapshot.pool()));
        }
        for (Replica replica : view.replicas()) {
            PoolName pool = MediaSets.named(view, replica.name());
            for (SnapshotCopy copy : view.copiesIn(replica.name())) {
                Snapshot snapshot = all.get(copy.snapshot());
                if (snapshot != null) {
                    put(newest, snapshot, pool);
                }
            }
        }
        return newest;
    }

    private static void put(Map<SaveSetId, Map<PoolName, Snapshot>> newest, Snapshot snapshot, PoolName pool) {
        keep(newest.computeIfAbsent(new SaveSetId(snapshot.client(), snapshot.saveSet()), set -> new LinkedHashMap<>()), snapshot, pool);
    }

    private static void keep(Map<PoolName, Snapshot> newest, Snapshot snapshot, PoolName pool) {
        newest.merge(pool, snapshot, (one, other) -> other.received().isBefore(one.received()) ? one : other);
    }

    /** Those of one save set. */
    static Map<PoolName, Snapshot> of(CatalogView view, SaveSetId set) throws BackupException {
        List<Snapshot> snapshots = view.snapshots(set.client()).stream().filter(snapshot -> snapshot.saveSet().equals(set.name())).toList();
        Map<PoolName, Snapshot> newest = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            keep(newest, snapshot, MediaSets.named(view, snapshot.pool()));
        }
        Map<PoolName, List<Snapshot>> copied = new TreeMap<>();
        for (Snapshot snapshot : snapshots) {
            for (SnapshotCopy copy : view.copies(snapshot.id())) {
                copied.computeIfAbsent(copy.replica(), replica -> new ArrayList<>()).add(snapshot);
            }
        }
        for (Map.Entry<PoolName, List<Snapshot>> replica : copied.entrySet()) {
            PoolName pool = MediaSets.named(view, replica.getKey());
            replica.getValue().forEach(snapshot -> keep(newest, snapshot, pool));
        }
        return newest;
    }

    /** Those that were not rehearsed for the longest time first, those that never were before them. @param rehearsed by their last drill's number */
    static List<PoolName> inTurn(List<PoolName> pools, Map<PoolName, Long> rehearsed) {
        List<PoolName> turn = new ArrayList<>(pools);
        turn.sort((one, other) -> Long.compare(rehearsed.getOrDefault(one, 0L), rehearsed.getOrDefault(other, 0L)));
        return turn;
    }
}
