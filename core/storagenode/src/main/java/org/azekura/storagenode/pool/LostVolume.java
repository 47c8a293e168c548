package org.azekura.storagenode.pool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.device.Devices;
import org.azekura.storagenode.index.ChunkIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A volume whose label is gone, as a rule with everything. It is what it was as soon as it has its label again; what it lacks then is for others to bring.
 *
 * <p>Nothing is written on a guess: not where another place has the name (a disk that is not mounted), and not where anything lies that this volume
 * did not have. What a job has written there since is what it had.
 */
record LostVolume(PoolOrder.RemakeVolume order, Devices devices) {

    private static final Logger LOG = LoggerFactory.getLogger(LostVolume.class);

    /** The same while its pool is not open. @param folder of its index, which nobody else has open */
    void remake(Path folder) throws BackupException {
        ChunkIndex index = ChunkIndex.open(folder, Label.parse(order.open().newLabel()).volume());
        try {
            remake(index);
        } finally {
            index.close();
        }
    }

    /** @param index of what the volume had */
    void remake(ChunkIndex index) throws BackupException {
        Device device = Pool.volume(order.open(), devices);
        if (device.buffered() != null) {
            throw BackupException.operator("device.unsupported", order.open().pool().value(), "pool " + order.open().pool() + " lies on cartridges, and none of those is begun anew:"
                    + " \"azekura volume forget\" gives one up");
        }
        device.call("make the volume of pool " + order.open().pool() + " anew", PackSurvey.LIST, store -> {
            remake(store, index);
            return null;
        });
    }

    private void remake(BlobStore store, ChunkIndex had) throws BackupException {
        requirePlace(store);
        Label found = labelled(store, had);
        if (found != null) {
            VolumeLabel.checked(store, order.open(), found);
            return;
        }
        if (order.place() != null) {
            store.remake(order.place());
        }
        requireOwn(store, had);
        if (order.open().keyRing() != null) {
            VolumeLabel.putKeyRing(store, order.open().keyRing());
        }
        VolumeLabel.putAgain(store, VolumeKeys.LABEL, order.open().newLabel());
        try {
            requirePlace(store);
        } catch (BackupException e) {
            store.delete(VolumeKeys.LABEL); // it came, or went, just now
            throw e;
        }
        LOG.warn("pool {}: its volume was gone from {}, and is made anew there", order.open().pool(), store.location());
    }

    private void requirePlace(BlobStore store) throws BackupException {
        if (order.place() != null && !store.place().equals(Optional.of(order.place()))) {
            throw BackupException.media("volume.missing", store.location(), "the volume of pool " + order.open().pool() + " is not in " + store.location()
                    + ", which is not the place where it was; mount or connect its medium", null);
        }
    }

    /** Null if there is none; one that can't be read is none in a place that is proven and has packs of this volume. */
    private Label labelled(BlobStore store, ChunkIndex had) throws BackupException {
        try {
            return VolumeLabel.read(store);
        } catch (BackupException e) {
            if (order.place() == null || !e.failure().code().equals("volume.quarantined") || requireOwn(store, had) == 0) {
                throw e;
            }
            return null;
        }
    }

    /**
     * Makes sure that nothing lies there but what this volume had.
     *
     * @return how many packs of it do
     */
    private int requireOwn(BlobStore store, ChunkIndex had) throws BackupException {
        List<String> others = new ArrayList<>();
        List<PackId> packs = new ArrayList<>();
        store.list("", blob -> {
            PackId pack = VolumeKeys.pack(blob.key());
            if (pack != null) {
                packs.add(pack);
            } else if (!isRecord(blob.key()) && others.isEmpty()) {
                others.add(blob.key());
            }
        });
        for (PackId pack : packs) {
            if (others.isEmpty() && had.pack(pack) == null) {
                others.add(VolumeKeys.pack(pack));
            }
        }
        if (!others.isEmpty()) {
            throw VolumeLabel.quarantined(store, "no label of pool " + order.open().pool() + ", yet " + others.getFirst() + ", which its volume did not have");
        }
        return packs.size();
    }

    /** What stands beside packs. What lies for copies of other pools has labels of its own. */
    private static boolean isRecord(String key) {
        return key.equals(VolumeKeys.LABEL) || key.startsWith(VolumeKeys.KEY_RINGS) || key.startsWith(VolumeKeys.PROBES) || key.startsWith(VolumeKeys.DAMAGED)
                || key.startsWith(VolumeKeys.MANIFESTS) || key.startsWith(VolumeKeys.CHECKPOINTS) || key.startsWith(VolumeKeys.REGISTERS)
                || key.startsWith(VolumeKeys.AUDIT) || key.startsWith(VolumeKeys.COPIES);
    }
}
