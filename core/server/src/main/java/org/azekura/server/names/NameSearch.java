package org.azekura.server.names;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.names.NameIndex;
import org.azekura.api.names.NameLine;
import org.azekura.api.names.NameQuery;
import org.azekura.api.server.Snapshots.Found;
import org.azekura.api.server.Snapshots.Wanted;

/** Looks for names in the index, and tells what that does not have. Safe for any number of threads. */
public final class NameSearch {

    /** So many snapshots are read while somebody waits for them; of more it is said that they are not. */
    private static final int FEW = 8;
    private static final long PATIENCE_ms = 10_000;

    private final CatalogStore catalog;
    private final NameKeeper keeper;
    private final long patience_ms;

    public NameSearch(CatalogStore catalog, NameKeeper keeper) {
        this(catalog, keeper, PATIENCE_ms);
    }

    NameSearch(CatalogStore catalog, NameKeeper keeper, long patience_ms) {
        this.patience_ms = patience_ms;
        this.catalog = catalog;
        this.keeper = keeper;
    }

    /** The catalog has other snapshots. */
    public void changed() {
        keeper.changed();
    }

    /** @throws IllegalArgumentException for an empty pattern */
    public Found search(Wanted wanted, int limit) throws BackupException {
        NamePattern pattern = NamePattern.of(wanted.pattern(), wanted.ignoreCase());
        SortedMap<PoolName, List<Snapshot>> pools = new TreeMap<>();
        Set<PoolName> closed = new TreeSet<>();
        for (Snapshot snapshot : catalog.read(view -> view.snapshots(null))) {
            if (isWanted(wanted, snapshot)) {
                pools.computeIfAbsent(snapshot.pool(), pool -> new ArrayList<>()).add(snapshot);
            }
        }
        for (PoolName pool : pools.keySet()) {
            if (!keeper.opens(pool)) {
                closed.add(pool);
            }
        }
        pools.keySet().removeAll(closed);
        int all = pools.values().stream().mapToInt(List::size).sum();
        NameIndex index = index();
        Set<SnapshotId> unread = unread(index, pools);
        for (long end = System.nanoTime() + patience_ms * 1_000_000; !unread.isEmpty() && unread.size() <= FEW && System.nanoTime() < end;) {
            keeper.awaitRound((end - System.nanoTime()) / 1_000_000);
            unread = unread(index, pools);
        }
        Set<SnapshotId> alive = new HashSet<>();
        pools.values().forEach(days -> days.forEach(day -> alive.add(day.id())));
        FoundVersions found = new FoundVersions(wanted, pattern, alive, limit);
        String next = search(index, pools.keySet(), wanted.after(), pattern, found);
        for (PoolName pool : pools.keySet()) {
            if (!keeper.opens(pool)) {
                closed.add(pool); // since then, and its names are gone
            }
        }
        return new Found(found.versions(), next, List.copyOf(closed), found.problems(), unread.size(), all);
    }

    private static boolean isWanted(Wanted wanted, Snapshot snapshot) {
        return (wanted.clients() == null || wanted.clients().contains(snapshot.client()))
                && (wanted.bounds().saveSet() == null || wanted.bounds().saveSet().equals(snapshot.saveSet()));
    }

    private NameIndex index() throws BackupException {
        NameIndex index = keeper.index();
        if (index == null) {
            throw BackupException.device("names.missing", "", "there is no index of names here; \"azekura driver list\" tells whether the catalog store runs", null);
        }
        return index;
    }

    private static Set<SnapshotId> unread(NameIndex index, SortedMap<PoolName, List<Snapshot>> pools) throws BackupException {
        Set<SnapshotId> unread = new HashSet<>();
        for (PoolName pool : pools.keySet()) {
            pools.get(pool).forEach(day -> unread.add(day.id()));
            try {
                for (NameLine line : index.lines(pool)) {
                    unread.removeAll(new HashSet<>(line.days()));
                }
            } catch (BackupException e) {
                if (!isLost(e)) {
                    throw e;
                }
            }
        }
        return unread;
    }

    /** The index has thrown a damaged part away. */
    private static boolean isLost(BackupException e) {
        return e.failure().code().equals("names.corrupt");
    }

    /** One pool after the other, by name. */
    private String search(NameIndex index, Set<PoolName> pools, String after, NamePattern pattern, FoundVersions found) throws BackupException {
        int colon = after == null ? -1 : after.indexOf(':');
        String from = colon < 0 ? "" : after.substring(0, colon);
        if (after != null && colon < 0) {
            throw BackupException.operator("search.stale", after, "\"" + after + "\" is not what a search gave as its next page; search from the beginning");
        }
        for (PoolName pool : pools) {
            int order = pool.value().compareTo(from);
            if (order < 0) {
                continue;
            }
            if (found.isFull()) {
                return pool.value() + ":";
            }
            String place = order == 0 && colon + 1 < after.length() ? after.substring(colon + 1) : null;
            String next = index.search(pool, new NameQuery(pattern.pieces(), place), found);
            if (next != null) {
                return pool.value() + ":" + next;
            }
        }
        return null;
    }
}
