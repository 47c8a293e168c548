package org.azekura.server.retention;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Snapshot;

/**
 * All that decides about all snapshots, as one view of the catalog has it.
 *
 * @param snapshots oldest first
 * @param locks     among the holds
 */
record Standing(List<Snapshot> snapshots, List<Aged> aged, List<Claim> claims, List<Hold> holds, List<Hold> locks) {

    static Standing of(CatalogView view, Ages ages) throws BackupException {
        List<Snapshot> snapshots = view.snapshots(null);
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
