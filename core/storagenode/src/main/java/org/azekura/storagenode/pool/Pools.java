package org.azekura.storagenode.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.device.Devices;

/** The pools that are served. */
public final class Pools {

    /** A name and what is open under it. */
    private static final class Place {
        final ReentrantLock opening = new ReentrantLock();
        final Storing storing = new Storing();
        /** What was ordered last; null if none is to be open. */
        volatile PoolOrder.OpenPool wanted;
        /** Null if none is open. */
        volatile Pool pool;
    }

    private final Devices devices;
    private final Path indexes;
    /** Of every name there was an order for; they are few. */
    private final Map<PoolName, Place> places = new ConcurrentHashMap<>();

    /** @param indexes folder of the chunk indexes, nobody else's */
    public Pools(Devices devices, Path indexes) {
        this.devices = devices;
        this.indexes = indexes;
    }

    /** Opening what is open as ordered changes nothing: running jobs go on. */
    public PoolAnswer.VolumeReady open(PoolOrder.OpenPool order) throws BackupException {
        Place place = places.computeIfAbsent(order.pool(), name -> new Place());
        place.opening.lock();
        try {
            place.wanted = order;
            Pool pool = place.pool;
            if (pool == null || !pool.order().device().equals(order.device()) || !pool.order().appliance().equals(order.appliance())) {
                close(place);
                pool = Pool.open(order, devices, indexes);
                place.pool = pool;
            } else {
                pool.ordered(order);
            }
            return pool.ready();
        } finally {
            place.opening.unlock();
        }
    }

    /**
     * Has the label of a volume written again that is gone with all that lay beside it. Jobs go on: what is not there any more they hear of as of any loss.
     *
     * @throws BackupException {@code volume.missing}, {@code volume.quarantined}, {@code volume.foreign}; {@code device.unsupported} for cartridges
     */
    public PoolAnswer.VolumeReady remake(PoolOrder.RemakeVolume order) throws BackupException {
        Place place = places.computeIfAbsent(order.open().pool(), name -> new Place());
        place.opening.lock();
        try {
            Pool open = place.pool;
            LostVolume lost = new LostVolume(order, devices);
            if (open == null) {
                lost.remake(indexes.resolve(order.open().pool().value()));
            } else {
                lost.remake(open.index());
                open.forgetGone();
            }
        } finally {
            place.opening.unlock();
        }
        return open(order.open().unwritten());
    }

    /** @param gone whether nothing is to be left of it but what is on its medium */
    public void close(PoolName name, boolean gone) throws BackupException {
        Place place = places.get(name);
        PoolOrder.OpenPool order = place == null ? null : place.wanted;
        close(name);
        Device device = order == null ? null : devices.find(order.device());
        if (gone && device != null && device.whole() instanceof LibraryStore library && order.within() == null) {
            library.forget(name);
        }
    }

    void close(PoolName name) {
        Place place = places.get(name);
        if (place != null) {
            place.opening.lock();
            try {
                place.wanted = null;
                close(place);
            } finally {
                place.opening.unlock();
            }
        }
    }

    private static void close(Place place) {
        Pool pool = place.pool;
        place.pool = null;
        if (pool != null) {
            pool.close();
        }
    }

    public void closeAll() {
        places.keySet().forEach(this::close);
    }

    /** @throws BackupException {@code pool.unknown} */
    public Pool get(PoolName name) throws BackupException {
        Place place = places.get(name);
        Pool pool = place == null ? null : place.pool;
        if (pool == null) {
            throw BackupException.operator("pool.unknown", name.value(), "pool " + name + " is not open on this storage node; open: " + open());
        }
        return pool;
    }

    /** The same for whoever stores something of this pool, by whatever connection. */
    public Storing storing(PoolName name) {
        return places.computeIfAbsent(name, none -> new Place()).storing;
    }

    /**
     * Makes sure that this is what is open under its name.
     *
     * @throws BackupException {@code pool.unknown}
     */
    public void requireOpen(Pool pool) throws BackupException {
        if (get(pool.name()) != pool) {
            throw BackupException.operator("pool.unknown", pool.name().value(), "pool " + pool.name() + " was opened anew meanwhile");
        }
    }

    /** Those that are open on this device. */
    public List<Pool> on(DeviceName device) {
        return places.values().stream().map(place -> place.pool).filter(pool -> pool != null && pool.order().device().equals(device)).toList();
    }

    /** Those that are open and lie on the medium of this pool, itself among them. */
    public List<Pool> within(PoolName medium) {
        return places.values().stream().map(place -> place.pool).filter(pool -> pool != null && pool.order().medium().equals(medium)).toList();
    }

    /** Those that a pool is open on. */
    public Set<DeviceName> devices() {
        return places.values().stream().map(place -> place.pool).filter(Objects::nonNull).map(pool -> pool.order().device()).collect(Collectors.toSet());
    }

    /** The pools that are to be open on this device, and are not, as they were ordered. */
    public List<PoolOrder.OpenPool> wanted(DeviceName device) {
        return places.values().stream().filter(place -> place.pool == null).map(place -> place.wanted)
                .filter(order -> order != null && order.device().equals(device)).toList();
    }

    private SortedSet<PoolName> open() {
        SortedSet<PoolName> open = new TreeSet<>();
        places.forEach((name, place) -> {
            if (place.pool != null) {
                open.add(name);
            }
        });
        return open;
    }
}
