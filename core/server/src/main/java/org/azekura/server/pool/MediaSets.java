package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;

/**
 * The media sets of a pool: the first is the pool itself, each of the others a pool row of its own, which its storage node serves like any pool; docs/decisions/0045.
 * The last that has a volume is the <em>open</em> one.
 */
public final class MediaSets {

    private MediaSets() {}

    /** The pool whose set this is; itself if it is a first one. */
    public static PoolName head(CatalogView view, PoolName pool) throws BackupException {
        return view.mediaSet(pool).map(MediaSet::of).orElse(pool);
    }

    /** Which of its pool's sets this is. */
    public static int number(CatalogView view, PoolName pool) throws BackupException {
        return view.mediaSet(pool).map(MediaSet::number).orElse(1);
    }

    /** Of one pool by number, the first among them; of a set behind the first it alone. */
    public static List<Pool> of(CatalogView view, Pool pool) throws BackupException {
        List<Pool> sets = new ArrayList<>(List.of(pool));
        for (MediaSet set : view.mediaSets()) {
            if (set.of().equals(pool.name())) {
                sets.add(view.pool(set.name()).orElseThrow());
            }
        }
        return sets;
    }

    /** Those of all pools, all pools among them. */
    public static List<Pool> all(CatalogView view) throws BackupException {
        List<Pool> all = new ArrayList<>(view.pools());
        for (MediaSet set : view.mediaSets()) {
            all.add(view.pool(set.name()).orElseThrow());
        }
        return all;
    }

    /** Where what comes in goes that is meant for this pool, or for any of its sets. */
    public static Pool open(CatalogView view, Pool pool) throws BackupException {
        PoolName head = head(view, pool.name());
        List<Pool> sets = of(view, view.pool(head).orElse(pool));
        for (Pool set : sets.reversed()) {
            if (PoolVolumes.first(view, set.name()).isPresent()) {
                return set;
            }
        }
        return sets.getFirst();
    }
}
