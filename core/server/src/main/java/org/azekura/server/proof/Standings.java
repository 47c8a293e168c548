package org.azekura.server.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.Proofs.Standing;

/** How each copy of each save set stands. */
final class Standings {

    private Standings() {}

    private record Key(SaveSetId saveSet, PoolName pool) {}

    static List<Standing> of(CatalogView view) throws BackupException {
        Map<Key, Proof> proven = byCopy(view.lastProofs(Proof.Outcome.PROVEN));
        Map<Key, Proof> last = byCopy(view.lastProofs(null));
        List<Standing> standings = new ArrayList<>();
        Copies.newest(view).forEach((set, there) -> there.forEach((pool, newest) -> standings.add(standing(new Key(set, pool), newest, proven, last))));
        return standings;
    }

    /** Those of one client, whose snapshots alone are looked at. */
    static List<Standing> of(CatalogView view, ClientName client) throws BackupException {
        Map<Key, Proof> proven = byCopy(view.lastProofs(Proof.Outcome.PROVEN, client));
        Map<Key, Proof> last = byCopy(view.lastProofs(null, client));
        List<Standing> standings = new ArrayList<>();
        for (SaveSetName name : view.snapshots(client).stream().map(Snapshot::saveSet).collect(Collectors.toCollection(TreeSet::new))) {
            SaveSetId set = new SaveSetId(client, name);
            Copies.of(view, set).forEach((pool, newest) -> standings.add(standing(new Key(set, pool), newest.id(), proven, last)));
        }
        return standings;
    }

    /** Of copies that are there still. @param sees whose data count */
    static Optional<Proof> lastProven(CatalogView view, Predicate<ClientName> sees) throws BackupException {
        List<Proof> newestFirst = view.lastProofs(Proof.Outcome.PROVEN).stream().filter(proof -> sees.test(proof.saveSet().client()))
                .sorted(Comparator.comparing(Proof::ended).reversed()).toList();
        for (Proof proof : newestFirst) {
            if (view.isIn(proof.saveSet(), proof.pool())) {
                return Optional.of(proof);
            }
        }
        return Optional.empty();
    }

    private static Standing standing(Key copy, SnapshotId newest, Map<Key, Proof> proven, Map<Key, Proof> last) {
        return new Standing(copy.saveSet, copy.pool, newest, proven.get(copy), last.get(copy));
    }

    private static Map<Key, Proof> byCopy(List<Proof> proofs) {
        Map<Key, Proof> map = new HashMap<>();
        proofs.forEach(proof -> map.put(new Key(proof.saveSet(), proof.pool()), proof));
        return map;
    }
}
