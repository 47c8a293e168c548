package org.azekura.server.pool;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.media.LeftVolumes;

/** What is done with the media sets of pools. Thread-safe. */
public final class SetDesk {

    private final CatalogStore catalog;
    private final Hosts hosts;
    private final SetBeginning beginning;
    private final PoolRemoval removal;
    private final PoolService service;

    SetDesk(CatalogStore catalog, Hosts hosts, SetBeginning beginning, PoolRemoval removal, PoolService service) {
        this.catalog = catalog;
        this.hosts = hosts;
        this.beginning = beginning;
        this.removal = removal;
        this.service = service;
    }

    /** The pool whose set this is; itself if it is a first one. */
    public Pool head(Pool set) throws BackupException {
        return catalog.read(view -> view.pool(MediaSets.head(view, set.name())).orElse(set));
    }

    /** Where what comes in goes that is meant for a pool. */
    public Pool open(Pool pool) throws BackupException {
        return catalog.read(view -> MediaSets.open(view, pool));
    }

    /** The pool on whose cartridges it lies: itself, unless it is a volume of copies. */
    public Pool medium(Pool pool) throws BackupException {
        return catalog.read(view -> MediaSets.medium(view, pool));
    }

    /** Whether it is no closed set, nor a volume of copies in one. */
    public boolean isOpen(Pool pool) throws BackupException {
        return catalog.read(view -> isOpen(view, MediaSets.medium(view, pool)));
    }

    private static boolean isOpen(CatalogView view, Pool pool) throws BackupException {
        return MediaSets.open(view, pool).name().equals(pool.name());
    }

    /** Whether it is a closed set, or a volume of copies in one, none of whose cartridges is in its library: that is where they are meant to be. */
    public boolean isAway(Pool pool) throws BackupException {
        return catalog.read(view -> isAway(view, MediaSets.medium(view, pool)));
    }

    /** The same, and also one of which only the last cartridge is not there: it can't be written, and no other is to follow that. */
    public boolean isUnwritable(Pool pool) throws BackupException {
        return catalog.read(view -> {
            Pool set = MediaSets.medium(view, pool);
            return isAway(view, set) || !isOpen(view, set) && members(view, set).max(Comparator.comparingInt(Volume::number))
                    .filter(last -> last.state() == Volume.State.MISSING).isPresent();
        });
    }

    /** Whether it is a closed set, or a volume of copies in one, all of whose cartridges were given up: nothing lies on it, and its node does not serve it. */
    public boolean isVoid(Pool pool) throws BackupException {
        return catalog.read(view -> MediaSets.isVoid(view, pool));
    }

    /** These, and the sets of the same pools that nothing lies on any more. */
    public List<Pool> withVoid(List<Pool> pools) throws BackupException {
        return catalog.read(view -> {
            Map<PoolName, Pool> all = new LinkedHashMap<>();
            for (Pool pool : pools) {
                all.put(pool.name(), pool);
                for (Pool set : MediaSets.rows(view, view.pool(MediaSets.head(view, pool.name())).orElse(pool))) {
                    if (MediaSets.isVoid(view, set)) {
                        all.putIfAbsent(set.name(), set);
                    }
                }
            }
            return List.copyOf(all.values());
        });
    }

    /** @see org.azekura.api.server.Pools#cut */
    Pool next(Pool pool) throws BackupException {
        return beginning.next(pool, hosts.node(pool.node()));
    }

    /** The same unless another pool or set is being made; empty, at once, if it was not done. */
    Optional<Pool> nextUnlessBusy(Pool pool) throws BackupException {
        return beginning.nextUnlessBusy(pool, hosts.node(pool.node()));
    }

    /** Has sets begin, or come to nothing, whose beginning was cut off; before their node serves its pools. */
    void goOn(ConnectedNode node) throws BackupException {
        beginning.goOn(node);
    }

    /**
     * Has a closed set go as a whole if nothing needs it any more.
     *
     * @param except a job that does not count
     * @return its cartridges that are scratch from then on; empty if it stays
     */
    public Optional<List<Volume>> expire(Pool set, JobId except, LeftVolumes.Keeping keeping) throws BackupException {
        return isOpen(set) ? Optional.empty() : removal.expire(set, hosts.node(set.node()), except, keeping);
    }

    /** Pools that can't be served, and why, but for closed sets none of whose cartridges is in its library: that is where they are meant to be. */
    public Map<PoolName, String> offline() throws BackupException {
        Map<PoolName, String> offline = new TreeMap<>(service.offline());
        return catalog.read(view -> {
            for (PoolName name : List.copyOf(offline.keySet())) {
                Pool pool = view.pool(name).orElse(null);
                if (pool != null && isAway(view, MediaSets.medium(view, pool))) {
                    offline.remove(name);
                }
            }
            return offline;
        });
    }

    private static boolean isAway(CatalogView view, Pool set) throws BackupException {
        return !isOpen(view, set) && members(view, set).allMatch(volume -> volume.state() == Volume.State.MISSING);
    }

    private static Stream<Volume> members(CatalogView view, Pool set) throws BackupException {
        return view.volumes().stream().filter(volume -> volume.pool().equals(set.name()) && volume.isInSet());
    }
}
