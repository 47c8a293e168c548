package org.azekura.storagenode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.VolumeAnswer;
import org.azekura.api.message.VolumeOrder;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.set.Leave;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.pool.PackNews;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Pools;

/** Has cartridges leave their pools. */
final class CartridgeLeave {

    /** In which no drive moved: new media are calibrated for up to two hours. */
    private static final Duration STILL = Duration.ofMinutes(150);
    /** Copied at once: with one drive cartridges change for each, with more they stay where they are. */
    private static final long ALONE = 16L << 30;
    private static final long BATCH = 4L << 30;

    /** Behind a batch that is being written. */
    private static final Duration SHUT = Duration.ofMinutes(5);

    private final Pools pools;

    CartridgeLeave(Pools pools) {
        this.pools = pools;
    }

    /** Null if it does not lie on cartridges, or on those of another. */
    private LibraryStore library(PoolName name) throws BackupException {
        Pool pool = pools.get(name);
        return pool.device().whole() instanceof LibraryStore library && pool.order().medium().equals(name) ? library : null;
    }

    private LibraryStore require(PoolName name) throws BackupException {
        LibraryStore library = library(name);
        if (library == null) {
            throw BackupException.operator("library.none", name.value(), "pool " + name + " has no cartridges of its own");
        }
        return library;
    }

    /** @throws BackupException {@code library.none}, {@code media.none} */
    void cut(VolumeOrder.CutVolume order) throws BackupException {
        LibraryStore library = require(order.pool());
        pools.get(order.pool()).device().call("close volume " + order.volume(), STILL, store -> {
            library.cut(order.pool(), order.volume());
            return null;
        });
    }

    /** What was in packs there alone is answered as unknown from then on. */
    void forget(VolumeOrder.ForgetVolume order) throws BackupException {
        LibraryStore library = require(order.pool());
        pools.get(order.pool()).device().call("give up volume " + order.volume() + " of pool " + order.pool(), STILL, store -> {
            library.giveUp(order.pool(), order.volume(), order.number());
            return null;
        });
        for (Pool pool : pools.within(order.pool())) {
            pool.forgetGone();
        }
    }

    /** Copies in a pool are on the cartridges of that, which is asked. */
    VolumeAnswer.Uses uses(VolumeOrder.ListUses order) throws BackupException {
        Device device = pools.get(order.pool()).device();
        LibraryStore library = library(order.pool());
        if (library == null) {
            return new VolumeAnswer.Uses(List.of(), List.of());
        }
        return device.call("look what counts on the cartridges of pool " + order.pool(), STILL, store -> new VolumeAnswer.Uses(
                library.uses(order.pool()).stream().map(one -> new VolumeAnswer.VolumeUse(one.volume(), one.number(), one.closed(), one.suspect(), one.packs(), one.live(),
                        one.used())).toList(), library.left(order.pool()).stream().map(one -> new VolumeAnswer.Left(one.volume(), one.name().orElse(null),
                        one.barcode().orElse(null))).toList()));
    }

    /** @throws BackupException {@code library.none} if the pool does not lie on cartridges of its own */
    void shut(VolumeOrder.ShutVolume order) throws BackupException {
        Pool pool = pools.get(order.pool());
        Device device = pool.device();
        if (!(device.whole() instanceof LibraryStore library) || !pool.order().medium().equals(order.pool())) {
            throw BackupException.operator("library.none", order.pool().value(), "pool " + order.pool() + " has no cartridges of its own");
        }
        device.call("close volume " + order.volume() + " of pool " + order.pool(), SHUT, store -> {
            library.shut(order.pool(), order.volume());
            return null;
        });
    }

    /** @throws BackupException {@code library.none} if the pool does not lie on cartridges of its own */
    VolumeAnswer.Leaves step(VolumeOrder.LeaveVolume order) throws BackupException {
        Device device = pools.get(order.pool()).device();
        LibraryStore library = require(order.pool());
        long most = library.library().drives().size() > 1 ? BATCH : ALONE;
        Leave step = device.call("have volume " + order.volume() + " leave pool " + order.pool(), STILL,
                store -> library.leave(order.pool(), order.volume(), order.job(), most));
        List<NodeReport.PacksPlaced> placed = new ArrayList<>();
        new PackNews(() -> pools, placed::add).placed(order.pool(), step.places());
        return new VolumeAnswer.Leaves(step.left(), step.blobs(), step.bytes(), step.rest(), placed, step.stuck());
    }
}
