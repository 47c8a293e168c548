package org.azekura.storagenode.driver;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.message.PoolOrder;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.storagenode.pool.VolumeLabel;

/** Tries a device whose driver or settings are new, before jobs go on with it. */
final class DeviceProof {

    private static final int PROBE_BYTES = 4096;
    private static final SecureRandom RANDOM = new SecureRandom();

    private DeviceProof() {}

    /**
     * Labels first: nothing is written on a medium that may be another than before.
     *
     * @param pools    that are open on the device
     * @param patience for each step
     * @throws BackupException what it does not do as it should
     */
    static void run(Device device, List<Pool> pools, Duration patience) throws BackupException {
        device.attempt("tell its free space", patience, BlobStore::space);
        for (Pool pool : pools) {
            provePresent(pool.order(), () -> pool.prove(device, patience));
        }
        // one that is closed gets nothing any more, and no cartridge of it is written for this
        for (Device medium : media(device, pools.stream().filter(pool -> !pool.order().closed()).toList())) {
            medium.attempt("keep a probe and give it back", patience, store -> {
                probe(store);
                return null;
            });
        }
        device.attempt("pass its self-test", patience, store -> {
            store.selfTest();
            return null;
        });
    }

    /** What is tried of one pool. */
    @FunctionalInterface
    interface Trial {
        void run() throws BackupException;
    }

    /** Cartridges of a closed media set may lie in a vault, which says nothing of the device. */
    static void provePresent(PoolOrder.OpenPool order, Trial trial) throws BackupException {
        try {
            trial.run();
        } catch (BackupException e) {
            if (!order.closed() || !e.failure().code().equals("volume.missing")) {
                throw e;
            }
        }
    }

    /** Each once: all of a disk, of a library the cartridge of each pool. */
    private static Collection<Device> media(Device device, List<Pool> pools) {
        Map<BlobStore, Device> media = new IdentityHashMap<>();
        pools.forEach(pool -> {
            Device medium = pool.medium(device);
            media.put(medium.store(), medium);
        });
        return media.values();
    }

    /** A device that keeps what it has for ever is not tried so; one that is full is none the worse for it. */
    private static void probe(BlobStore store) throws BackupException {
        if (!store.capabilities().delete()) {
            return;
        }
        byte[] content = new byte[PROBE_BYTES];
        RANDOM.nextBytes(content);
        String key = VolumeKeys.PROBES + HexFormat.of().formatHex(content, 0, 8);
        try {
            VolumeLabel.put(store, key, content);
            ByteBuffer read = ByteBuffer.allocate(PROBE_BYTES);
            store.read(key, 0, read);
            if (store.size(key) != PROBE_BYTES || !read.flip().equals(ByteBuffer.wrap(content))) {
                throw BackupException.corrupt("device.probe", store.location(), store.location() + " gave back other bytes of " + key
                        + " than were written");
            }
        } catch (BackupException e) {
            if (!e.failure().code().equals("device.full")) {
                throw e;
            }
        } finally {
            store.delete(key);
        }
    }
}
