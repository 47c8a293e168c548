package org.azekura.server.job.heal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Volume;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.Replicas;

/** Where else the packs of a pool lie, byte for byte and under the same names: in the pool itself, if it is a copy, and in its other copies. */
final class HealSources {

    private HealSources() {}

    /** The soonest read first: what lies on a disk before what lies on cartridges, and what is on the same storage node before the others. */
    static List<Pool> of(CatalogView view, Pool damaged) throws BackupException {
        PoolName origin = Replicas.origin(view, damaged.name());
        List<Pool> sources = new ArrayList<>();
        add(view, origin, damaged, sources);
        for (Replica replica : view.replicas()) {
            if (replica.of().equals(origin)) {
                add(view, replica.name(), damaged, sources);
            }
        }
        Set<PoolName> onTape = view.volumes().stream().filter(volume -> volume.barcode() != null).map(Volume::pool).collect(Collectors.toSet());
        Map<PoolName, PoolName> within = view.replicas().stream().collect(Collectors.toMap(Replica::name, Replica::within));
        sources.sort(Comparator.comparing((Pool pool) -> onTape.contains(within.getOrDefault(pool.name(), pool.name())))
                .thenComparing(pool -> !pool.node().equals(damaged.node())));
        return sources;
    }

    private static void add(CatalogView view, PoolName name, Pool damaged, List<Pool> to) throws BackupException {
        Pool pool = view.pool(name).orElse(null);
        if (pool != null && !name.equals(damaged.name()) && !MediaSets.isVoid(view, pool)) {
            to.add(pool);
        }
    }

    /** For people. */
    static String shown(CatalogView view, Pool source) throws BackupException {
        return view.replica(source.name()).map(replica -> "the copy in pool " + replica.within()).orElse("pool " + source.name()) + " on storage node " + source.node();
    }
}
