package org.azekura.server.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.LastReceived;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.server.pool.MediaSets;

/** Where save sets lie: of each the pools with a snapshot or a copy of one, and the newest one there. */
final class Copies {

    private Copies() {}

    /** By save set; pools in which they were saved first. No snapshot is read: of each place the catalog says what came last. */
    static Map<SaveSetId, Map<PoolName, SnapshotId>> newest(CatalogView view) throws BackupException {
        Set<PoolName> replicas = view.replicas().stream().map(Replica::name).collect(Collectors.toSet());
        Map<PoolName, PoolName> named = new HashMap<>();
        Map<SaveSetId, List<LastReceived>> places = new TreeMap<>();
        for (LastReceived one : view.lastReceived()) {
            if (!named.containsKey(one.pool())) {
                named.put(one.pool(), MediaSets.named(view, one.pool()));
            }
            places.computeIfAbsent(one.saveSet(), set -> new ArrayList<>(2)).add(one);
        }
        Map<SaveSetId, Map<PoolName, SnapshotId>> newest = new TreeMap<>();
        places.forEach((set, all) -> newest.put(set, newest(all, named, replicas)));
        return newest;
    }

    /** In the order in which one finds them who goes through all snapshots by their ids, and then through all copies: of two received at one time it is the later of these. */
    private static Map<PoolName, SnapshotId> newest(List<LastReceived> all, Map<PoolName, PoolName> named, Set<PoolName> replicas) {
        Map<PoolName, LastReceived> newest = new LinkedHashMap<>();
        all.stream().filter(one -> !replicas.contains(one.pool())).sorted(Comparator.comparing(LastReceived::first)).forEach(one -> newest.merge(named.get(one.pool()), one, Copies::later));
        all.stream().filter(one -> replicas.contains(one.pool())).sorted(Comparator.comparing(LastReceived::pool))
                .forEach(one -> newest.merge(named.get(one.pool()), one, (there, copy) -> copy.at().isBefore(there.at()) ? there : copy));
        Map<PoolName, SnapshotId> ids = new LinkedHashMap<>();
        newest.forEach((pool, one) -> ids.put(pool, one.last()));
        return ids;
    }

    private static LastReceived later(LastReceived one, LastReceived other) {
        int order = one.at().equals(other.at()) ? one.last().compareTo(other.last()) : one.at().compareTo(other.at());
        return order < 0 ? other : one;
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
