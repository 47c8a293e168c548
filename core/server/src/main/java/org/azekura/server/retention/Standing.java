package org.azekura.server.retention;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Snapshot;

/**
 * All that decides about snapshots, as one view of the catalog has it. What one client's snapshots are is decided without those of others.
 *
 * @param snapshots oldest first
 * @param locks     among the holds
 */
record Standing(List<Snapshot> snapshots, List<Aged> aged, List<Claim> claims, List<Hold> holds, List<Hold> locks) {

    /** @param clients of these */
    static Standing of(CatalogView view, Ages ages, Collection<ClientName> clients) throws BackupException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (ClientName client : clients) {
            snapshots.addAll(view.snapshots(client));
        }
        snapshots.sort(Comparator.comparing(Snapshot::id));
        return of(view, ages, snapshots);
    }

    /** Of all there are. */
    static Standing of(CatalogView view, Ages ages) throws BackupException {
        return of(view, ages, view.snapshots(null));
    }

    private static Standing of(CatalogView view, Ages ages, List<Snapshot> snapshots) throws BackupException {
        Map<Snapshot, Aged> aged = new IdentityHashMap<>();
        List<Aged> all = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            Aged one = new Aged(snapshot.id(), snapshot.received(), ages.corrected().apply(snapshot.received()));
            aged.put(snapshot, one);
            all.add(one);
        }
        Holds beside = new Holds(view, ages);
        List<Hold> locks = beside.locks(snapshots);
        List<Hold> holds = new ArrayList<>(beside.pins());
        holds.addAll(locks);
        holds.addAll(Needs.of(view, snapshots));
        return new Standing(snapshots, all, new Claims(view).of(snapshots, aged), holds, locks);
    }

    List<Fate> fates(Ages ages) {
        return Survivors.of(aged, claims, holds, ages.keeping());
    }
}
