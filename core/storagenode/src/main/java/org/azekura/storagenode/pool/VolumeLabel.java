package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.message.PoolOrder;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.Label;
import org.azekura.storagenode.cartridge.spool.Buffered;

/** Reads, checks and writes what a volume begins with. Used on a thread of the device. */
public final class VolumeLabel {

    private VolumeLabel() {}

    /**
     * The label of the pool's volume; written if the device is empty and the order says so.
     *
     * @throws BackupException {@code volume.foreign}, {@code volume.quarantined}, {@code volume.unlabelled}; {@code volume.missing} if no cartridge has one
     */
    static Label open(BlobStore store, PoolOrder.OpenPool order) throws BackupException {
        Label label = read(store);
        if (label == null) {
            if (order.newLabel() == null) {
                throw unlabelled(store, order);
            }
            label = checked(store, order, Label.parse(order.newLabel()));
            write(store, order);
            return label;
        }
        return checked(store, order, label);
    }

    /**
     * The label of the pool's volume, which must be there. Nothing is written.
     *
     * @throws BackupException {@code volume.foreign}, {@code volume.quarantined}, {@code volume.unlabelled}; {@code volume.missing} if no cartridge has one
     */
    static Label require(BlobStore store, PoolOrder.OpenPool order) throws BackupException {
        Label label = read(store);
        if (label == null) {
            throw unlabelled(store, order);
        }
        return checked(store, order, label);
    }

    private static BackupException unlabelled(BlobStore store, PoolOrder.OpenPool order) {
        if (store instanceof Buffered) {
            return BackupException.media("volume.missing", order.pool().value(), "no cartridge of pool " + order.pool() + " is in " + store.location() + "; put in that"
                    + " which was written last", null);
        }
        return BackupException.media("volume.unlabelled", order.pool().value(), store.location() + " has no label; a volume of pool " + order.pool()
                + " was expected there", null);
    }

    /** Null if there is none. */
    static Label read(BlobStore store) throws BackupException {
        long size = store.size(VolumeKeys.LABEL);
        if (size < 0) {
            return null;
        }
        if (size != Label.BYTES) {
            throw quarantined(store, "a label of " + size + " bytes, expected " + Label.BYTES);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Label.BYTES);
        store.read(VolumeKeys.LABEL, 0, bytes);
        try {
            return Label.parse(bytes.array());
        } catch (BackupException e) {
            throw e.failure().code().equals("volume.quarantined") ? quarantined(store, e.getMessage()) : e;
        }
    }

    static Label checked(BlobStore store, PoolOrder.OpenPool order, Label label) throws BackupException {
        if (!label.appliance().equals(order.appliance()) || !label.pool().equals(order.labelled())) {
            throw BackupException.media("volume.foreign", store.location(), store.location() + " holds volume \"" + label.name() + "\" of pool "
                    + label.pool() + " of appliance " + label.appliance() + ", expected pool " + order.labelled() + " of appliance "
                    + order.appliance() + "; choose an empty place", null);
        }
        return label;
    }

    /**
     * The key ring comes first: a volume that has a label has its keys. A ring or a probe without a label is what an attempt left that was
     * cut off; anything else is somebody's.
     */
    private static void write(BlobStore store, PoolOrder.OpenPool order) throws BackupException {
        List<String> left = new ArrayList<>();
        List<String> others = new ArrayList<>();
        store.list("", blob -> {
            List<String> list = blob.key().startsWith(VolumeKeys.KEY_RINGS) || blob.key().startsWith(VolumeKeys.PROBES) ? left : others;
            if (list.size() < 100) {
                list.add(blob.key());
            }
        });
        if (!others.isEmpty()) {
            throw quarantined(store, "no label, yet " + others.getFirst() + (others.size() > 1 ? " and others" : "") + "; expected nothing");
        }
        for (String key : left) {
            store.delete(key);
        }
        if (order.keyRing() != null) {
            putKeyRing(store, order.keyRing());
        }
        put(store, VolumeKeys.LABEL, order.newLabel());
    }

    /** As {@link #putOnce}. */
    static boolean putKeyRing(BlobStore store, byte[] ring) throws BackupException {
        return putOnce(store, VolumeKeys.keyRing(KeyRing.parse(ring).number()), ring);
    }

    /** Writes a small blob; durable at return. What is there already is left alone. Whether the volume has it now: false if there is another. */
    static boolean putOnce(BlobStore store, String key, byte[] content) throws BackupException {
        long size = store.size(key);
        if (size < 0) {
            put(store, key, content);
            return true;
        }
        if (size != content.length) {
            return false;
        }
        ByteBuffer there = ByteBuffer.allocate(content.length);
        store.read(key, 0, there);
        return there.flip().equals(ByteBuffer.wrap(content));
    }

    /** A small blob; null if it is not there or has more than {@code max} bytes. */
    public static byte[] get(BlobStore store, String key, int max) throws BackupException {
        long size = store.size(key);
        if (size < 0 || size > max) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        store.read(key, 0, bytes);
        return bytes.array();
    }

    /** Writes a small blob in the place of another one, where the device can do that; durable at return. */
    static void putAgain(BlobStore store, String key, byte[] content) throws BackupException {
        write(store.capabilities().replace() ? store.replace(key) : store.create(key), content);
    }

    /** Writes a small blob; durable at return. */
    public static void put(BlobStore store, String key, byte[] content) throws BackupException {
        write(store.create(key), content);
    }

    private static void write(BlobWriter begun, byte[] content) throws BackupException {
        try (begun) {
            begun.write(ByteBuffer.wrap(content));
            begun.commit();
        }
    }

    static BackupException quarantined(BlobStore store, String what) {
        return BackupException.media("volume.quarantined", store.location(), store.location() + ": " + what
                + "; it is left as it is: look what it is, or choose an empty place", null);
    }
}
