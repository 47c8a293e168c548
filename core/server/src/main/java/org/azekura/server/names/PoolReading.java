package org.azekura.server.names;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.names.NameIndex;
import org.azekura.api.names.NameLine;
import org.azekura.engine.tree.TreeReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the index follow the snapshots of one pool. */
final class PoolReading {

    private static final Logger log = LoggerFactory.getLogger(PoolReading.class);

    private final NameIndex index;
    private final TreeReader trees;
    private final PoolName pool;
    private final int part;
    private final BooleanSupplier stop;

    PoolReading(NameIndex index, TreeReader trees, PoolName pool, int part, BooleanSupplier stop) {
        this.part = part;
        this.index = index;
        this.trees = trees;
        this.pool = pool;
        this.stop = stop;
    }

    /** @param snapshots of the pool, oldest first */
    void follow(List<Snapshot> snapshots) throws BackupException {
        Map<SaveSetKey, List<Snapshot>> wanted = new LinkedHashMap<>();
        snapshots.forEach(s -> wanted.computeIfAbsent(SaveSetKey.of(s), key -> new ArrayList<>()).add(s));
        Map<SaveSetKey, NameLine> known = new LinkedHashMap<>();
        for (NameLine line : index.lines(pool)) {
            known.put(SaveSetKey.of(line), line);
        }
        for (NameLine line : known.values()) {
            if (!wanted.containsKey(SaveSetKey.of(line))) {
                index.forget(pool, line.client(), line.saveSet());
            }
        }
        for (Map.Entry<SaveSetKey, List<Snapshot>> each : wanted.entrySet()) {
            follow(known.get(each.getKey()), each.getValue());
        }
        boolean more = true;
        while (more && !stop.getAsBoolean()) {
            more = index.sweep(pool);
        }
    }

    private void follow(NameLine known, List<Snapshot> days) throws BackupException {
        NameLine line = known;
        List<Snapshot> next = days;
        if (known != null) {
            Set<SnapshotId> alive = ids(days);
            Set<SnapshotId> gone = new HashSet<>(known.days());
            gone.removeAll(alive);
            if (!gone.isEmpty()) {
                index.forget(pool, gone);
            }
            List<SnapshotId> left = known.days().stream().filter(alive::contains).toList();
            next = days.subList(left.size(), days.size());
            if (!goesOn(known, left, days, next)) {
                line = null;
                next = days;
                index.forget(pool, known.client(), known.saveSet());
            }
        }
        add(line, next, days);
    }

    private static Set<SnapshotId> ids(List<Snapshot> days) {
        return days.stream().map(Snapshot::id).collect(Collectors.toSet());
    }

    /** Not if a snapshot came before others that are known, or one is away of which parts are there; what could not be read may have healed. */
    private static boolean goesOn(NameLine known, List<SnapshotId> left, List<Snapshot> days, List<Snapshot> next) {
        boolean inOrder = days.stream().limit(left.size()).map(Snapshot::id).toList().equals(left);
        boolean same = known.partial() == null || !next.isEmpty() && next.getFirst().id().equals(known.partial());
        return inOrder && same && (known.problems().isEmpty() || next.isEmpty());
    }

    private void add(NameLine known, List<Snapshot> next, List<Snapshot> all) throws BackupException {
        NameLine line = known;
        Set<SnapshotId> alive = ids(all);
        for (Snapshot day : next) {
            if (stop.getAsBoolean()) {
                return;
            }
            boolean stands = line == null || line.newest() == null || alive.contains(line.newest());
            switch (new DayReading(index, day, stands, part, stop).read(trees, line)) {
                case WHOLE -> line = line(day);
                case STOPPED -> {
                    return;
                }
                case BASE_LOST -> {
                    log.info("pool={} client={} the names of save set {} are read anew", pool, day.client(), day.saveSet());
                    index.forget(pool, day.client(), day.saveSet());
                    add(null, all, all); // compared with nothing first, which stands
                    return;
                }
            }
        }
    }

    private NameLine line(Snapshot day) throws BackupException {
        return index.lines(pool).stream().filter(line -> SaveSetKey.of(line).equals(SaveSetKey.of(day))).findFirst()
                .orElseThrow(() -> BackupException.device("names.lost", pool.value(), "the index of names of pool " + pool + " was lost while it was filled", null));
    }
}
