package org.azekura.server.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
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
        for (Map.Entry<SaveSetId, Map<PoolName, Snapshot>> set : Copies.newest(view).entrySet()) {
            set.getValue().forEach((pool, newest) -> {
                Key copy = new Key(set.getKey(), pool);
                standings.add(new Standing(set.getKey(), pool, newest.id(), proven.get(copy), last.get(copy)));
            });
        }
        return standings;
    }

    private static Map<Key, Proof> byCopy(List<Proof> proofs) {
        Map<Key, Proof> map = new HashMap<>();
        proofs.forEach(proof -> map.put(new Key(proof.saveSet(), proof.pool()), proof));
        return map;
    }
}
