package org.azekura.server.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.Barcode;
import org.azekura.api.message.Answer;
import org.azekura.api.message.DeviceOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.volume.Label;
import org.azekura.server.host.ConnectedNode;

/**
 * Makes pools anew from volumes that lie in folders or on cartridges, for an appliance that has lost its catalog. While it is under way the catalog says so:
 * what was cut off is begun again. Nothing is written on a volume.
 */
public final class PoolRevival {

    private static final Duration CONFIGURE = FoundVolumes.CONFIGURE;
    private static final Duration OPEN = Duration.ofMinutes(10);
    /** Cartridges are read from end to end. */
    private static final Duration READ_THROUGH = Duration.ofDays(7);
    private static final String DRIVER = FoundVolumes.DISK;
    private static final String STATE = "rebuild";
    private static final String RUNNING = "running";

    private final MediaPools pools;
    private final CatalogStore catalog;

    public PoolRevival(MediaPools pools, CatalogStore catalog) {
        this.pools = pools;
        this.catalog = catalog;
    }

    /**
     * A volume that was found.
     *
     * @param folder  or where else, for people
     * @param library that its cartridge is in; null if it is in a folder
     * @param driver  that serves it
     * @param served  the device that it is on and that somebody has added; null if it is not on one
     * @param copies  where on that volumes for copies lie; they are not looked at
     */
    public record Found(String folder, Label label, DeviceName library, String driver, Barcode barcode, DeviceName served, List<String> copies) {

        Found(String folder, Label label) {
            this(folder, label, null, FoundVolumes.DISK, null);
        }

        Found(String folder, Label label, DeviceName library, String driver, Barcode barcode) {
            this(folder, label, library, driver, barcode, null, List.of());
        }

        /** What its pool lies on. */
        DeviceName device() {
            return served != null ? served : library == null ? new DeviceName(label.pool().value()) : library;
        }

        /** Of the first cartridge of a set; null: the node looks for it. */
        Barcode first() {
            return label.volume().equals(label.set()) ? barcode : null;
        }
    }

    /**
     * A pool that is served again.
     *
     * @param volume       its first
     * @param onCartridges whether to read something again may mean to bring it first
     */
    public record Revived(Pool pool, ConnectedNode node, VolumeId volume, boolean onCartridges) {

        /** A pool with these sizes and this level. */
        public Pool with(Pool p, ChunkSizes sizes, int level) {
            return new Pool(p.name(), p.node(), p.device(), p.driver(), sizes, level, p.livePercent(), p.keyRing(), p.created(), p.keyExported())
                    .with(p.group(), p.patience());
        }
    }

    /**
     * Makes sure that there is nothing that a rebuild would mix up with what is on the volumes.
     *
     * @throws BackupException {@code catalog.taken}
     */
    public void requireEmpty() throws BackupException {
        boolean cutOff = isRunning();
        catalog.read(view -> {
            for (Pool pool : MediaSets.all(view)) {
                long[] packs = {0};
                view.eachPack(pool.name(), pack -> packs[0]++);
                if (packs[0] > 0 && !cutOff) {
                    throw taken("pool " + pool.name() + " has " + packs[0] + " packs");
                }
            }
            if (view.snapshotCount() > 0) {
                throw taken("it has " + view.snapshotCount() + " snapshots");
            }
            return null;
        });
    }

    private static BackupException taken(String what) {
        return BackupException.operator("catalog.taken", "", "a catalog is rebuilt only into an appliance that has saved nothing yet; here " + what
                + ": start another one with an empty --home");
    }

    private boolean isRunning() throws BackupException {
        return catalog.read(view -> view.setting(STATE)).map(RUNNING::equals).orElse(false);
    }

    /**
     * Looks at the labels; nothing changes.
     *
     * @param passedOver told of each copy that is not looked at, behind another of the same pool that is
     * @throws BackupException {@code volume.unlabelled}, {@code volume.quarantined}; {@code volume.foreign} if they are of several appliances;
     *                         {@code volume.taken} if one is this appliance's already
     */
    public List<Found> look(List<String> folders, BiConsumer<Found, Found> passedOver) throws BackupException {
        ConnectedNode node = pools.node(null);
        List<Found> found = new ArrayList<>();
        List<Found> copies = new ArrayList<>();
        new FoundVolumes(node).each(folders, found, copies);
        found = FoundVolumes.joined(found);
        // Where a pool's own volume is given too, that is the pool.
        for (Found copy : copies) {
            Found taken = found.stream().filter(one -> one.label().pool().equals(copy.label().pool())).findFirst().orElse(null);
            if (taken == null) {
                found.add(copy);
            } else if (copies.contains(taken)) {
                passedOver.accept(taken, copy);
            }
        }
        Set<PoolName> names = new HashSet<>();
        for (Found one : found) {
            if (!one.label().appliance().equals(found.getFirst().label().appliance())) {
                throw BackupException.media("volume.foreign", one.folder(), one.folder() + " holds a volume of another appliance than "
                        + found.getFirst().folder() + "; rebuild one appliance at a time", null);
            }
            if (!names.add(one.label().pool())) {
                throw BackupException.media("volume.foreign", one.folder(), one.folder() + " holds a second volume of pool " + one.label().pool()
                        + "; a pool of driver " + DRIVER + " has one", null);
            }
        }
        if (found.getFirst().label().appliance().equals(pools.appliance()) && !isRunning()) {
            throw BackupException.media("volume.taken", found.getFirst().folder(), found.getFirst().folder() + " holds a volume of this very appliance;"
                    + " nothing is to be rebuilt", null);
        }
        return found;
    }

    /**
     * Becomes the appliance that wrote the volumes, and lets go of the pools that it had: they are empty. From here on no other job begins.
     *
     * @param self the job that does this
     * @throws BackupException {@code catalog.busy} if another job has not ended
     */
    public void become(ApplianceId id, JobId self) throws BackupException {
        boolean again = isRunning();
        catalog.write(edit -> {
            for (Job job : edit.jobs(true)) {
                if (!job.id().equals(self)) {
                    throw BackupException.operator("catalog.busy", job.id().toString(), "job " + job.id() + " has not ended; a catalog is rebuilt while"
                            + " nothing else runs: cancel it first");
                }
            }
            edit.putSetting(STATE, RUNNING);
            return null;
        });
        for (Pool pool : catalog.read(MediaSets::all).reversed()) {
            pools.withdraw(pool, !again);
        }
        catalog.write(edit -> {
            edit.putSetting("appliance.id", id.toString());
            edit.putSetting("first-start", "done");
            return null;
        });
        pools.become(id);
    }

    /**
     * Refuses whatever would take a part of a catalog for the whole: a prune above all.
     *
     * @throws BackupException {@code catalog.rebuilding} while a rebuild is under way or was cut off
     */
    public static void requireNone(CatalogView view) throws BackupException {
        if (view.setting(STATE).map(RUNNING::equals).orElse(false)) {
            throw BackupException.operator("catalog.rebuilding", "", "the catalog is being rebuilt, or that was cut off: until \"azekura catalog rebuild\""
                    + " is through, nothing else is done");
        }
    }

    /** Serves the pool of a volume again. Its sizes and level are the usual ones, until something on the volume says otherwise. */
    public Revived revive(Found found) throws BackupException {
        ConnectedNode node = pools.node(null);
        PoolName name = found.label().pool();
        DeviceName device = found.device();
        if (found.library() == null && found.served() == null) {
            node.ask(new DeviceOrder.ConfigureDevice(device, DRIVER, Map.of("path", found.folder())), Answer.Done.class, CONFIGURE);
        }
        node.ask(new PoolOrder.OpenPool(name, device, found.label().appliance(), null, null, null, null, found.first(), -1,
                found.library() == null ? null : pools.tapeSecret(MediaSet.called(name).map(MediaSet::of).orElse(name)), false, false), PoolAnswer.VolumeReady.class,
                found.library() == null ? OPEN : READ_THROUGH);
        byte[] ring = node.ask(new PoolOrder.ReadKeyRing(name), PoolAnswer.KeyRingFound.class, CONFIGURE).keyRing();
        if (ring == null) {
            throw BackupException.media("keyring.missing", found.folder(), found.folder() + " has no key ring that can be read: what is there can't be"
                    + " opened by anybody; \"azekura extract --key\" may help, its recovery file has a ring", null);
        }
        Pool pool = new Pool(name, node.name(), device, found.driver(), ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, ring, found.label().made(), null);
        catalog.write(edit -> {
            edit.putPool(pool);
            return null;
        });
        return new Revived(pool, node, pools.open(pool, node).volume(), found.library() != null);
    }

    /** Brings the catalog's packs in step with those on the volume. */
    public void takeCensus(Revived revived) throws BackupException {
        List<PackId> gone = new PackCensus(catalog, revived.node()).take(revived.pool().name(), revived.volume());
        catalog.write(edit -> {
            for (PackId pack : gone) {
                Pack row = edit.pack(pack, revived.pool().name()).orElse(null);
                if (row != null) {
                    edit.deletePack(pack, row.volume());
                }
            }
            return null;
        });
    }

    /** What {@link #become} began is through; in the same transaction as what makes it so. */
    public static void end(CatalogEdit edit) throws BackupException {
        edit.putSetting(STATE, "done " + Instant.now());
    }
}
