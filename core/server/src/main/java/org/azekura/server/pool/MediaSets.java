package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Volume;

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

    /** The pool whose set this is, or in whose set this replica lies: as people name it. */
    public static PoolName named(CatalogView view, PoolName pool) throws BackupException {
        return head(view, view.replica(pool).map(Replica::within).orElse(pool));
    }

    /** @throws BackupException {@code pool.unknown} if people have no pool of this name: replicas and sets behind the first have none */
    public static void requireNamed(CatalogView view, PoolName pool) throws BackupException {
        if (view.pool(pool).isEmpty() || view.replica(pool).isPresent() || view.mediaSet(pool).isPresent()) {
            throw BackupException.operator("pool.unknown", pool.value(), "there is no pool " + pool + "; \"azekura pool list\" names them all");
        }
    }

    /** Which of its pool's sets this is. */
    public static int number(CatalogView view, PoolName pool) throws BackupException {
        return view.mediaSet(pool).map(MediaSet::number).orElse(1);
    }

    /** Those of one pool that something lies on, by number, the first among them; of a set behind the first, and of a pool that nothing lies on, it alone. */
    public static List<Pool> of(CatalogView view, Pool pool) throws BackupException {
        List<Pool> rows = rows(view, pool);
        if (rows.size() == 1) {
            return rows;
        }
        List<Pool> sets = new ArrayList<>();
        for (Pool row : rows) {
            if (PoolVolumes.first(view, row.name()).isPresent()) {
                sets.add(row);
            }
        }
        return sets.isEmpty() ? List.of(pool) : sets;
    }

    /** The same with those that nothing lies on any more, or not yet. */
    static List<Pool> rows(CatalogView view, Pool pool) throws BackupException {
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

    /** How many packs lie in a set, or wait for its cartridges: those of copies, too. */
    public static long packs(CatalogView view, PoolName set) throws BackupException {
        long packs = 0;
        for (Volume volume : volumes(view, set)) {
            packs += view.packsOn(volume.id());
        }
        return packs;
    }

    /** The bytes of the same. */
    public static long bytes(CatalogView view, PoolName set) throws BackupException {
        long bytes = 0;
        for (Volume volume : volumes(view, set)) {
            bytes += view.bytesOn(volume.id());
        }
        return bytes;
    }

    /** Those of a set, and those that copies in it have of their own: also such as are there only for what waits for tape. */
    private static List<Volume> volumes(CatalogView view, PoolName set) throws BackupException {
        List<PoolName> names = new ArrayList<>(List.of(set));
        for (Replica replica : view.replicas()) {
            if (replica.within().equals(set)) {
                names.add(replica.name());
            }
        }
        return view.volumes().stream().filter(volume -> names.contains(volume.pool())).toList();
    }

    /** Where what comes in goes that is meant for this pool, or for any of its sets. */
    public static Pool open(CatalogView view, Pool pool) throws BackupException {
        PoolName head = head(view, pool.name());
        return of(view, view.pool(head).orElse(pool)).getLast();
    }

    /** The pool on whose cartridges it lies: itself, unless it is a volume of copies. */
    static Pool medium(CatalogView view, Pool pool) throws BackupException {
        Replica replica = view.replica(pool.name()).orElse(null);
        return replica == null ? pool : view.pool(replica.within()).orElse(pool);
    }

    /** Whether another set is filled. One that has nothing yet is not closed: it is being made. */
    static boolean isClosed(CatalogView view, Pool set) throws BackupException {
        return number(view, set.name()) < number(view, open(view, set).name());
    }

    /**
     * Whether it is a closed set, or a volume of copies in one, that nothing lies on any more: one whose cartridges were all given up, or a first one that has
     * expired as a whole, and stands only for its pool.
     */
    public static boolean isVoid(CatalogView view, Pool pool) throws BackupException {
        Pool set = medium(view, pool);
        return isClosed(view, set) && PoolVolumes.first(view, set.name()).isEmpty();
    }
}
