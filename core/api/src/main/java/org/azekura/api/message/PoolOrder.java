package org.azekura.api.message;

import org.azekura.api.ApplianceId;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.device.Barcode;

/** About a pool that a storage node serves, and what lies on its volume beside packs. */
public sealed interface PoolOrder extends NodeOrder {

    /**
     * Serve this pool from this device. Reads the label; on an empty device, or in a library on an empty cartridge, writes {@code newLabel} if there
     * is one. Answer: {@link PoolAnswer.VolumeReady}. Fails with {@code volume.foreign} if the label names another appliance or pool,
     * {@code volume.quarantined} if it cannot be read, {@code volume.unlabelled} if there is none and none is to be made.
     *
     * @param newLabel a whole label, signed by the server; null if none is to be made
     * @param keyRing  written beside a new label
     * @param copyOf   null: the pool's own volume; else the volume of that pool that lies for copies in the one of {@code within}, called {@code pool}
     *                 in orders
     * @param within   in whose volume it lies; null: it is the pool's own
     * @param barcode  of the cartridge that is to be the pool's first volume, in a library; null: the one that is, for a new one the first that is empty
     * @param spool    bytes of packs that may wait on the node's disk for tape, in a library; 0: none; less: as many as the node finds sensible
     * @param tapeSecret from which keys of its cartridges are made, in a library; null: not known. The node keeps it in memory only
     * @param sealsTape whether drives seal what is written with them
     * @param closed whether nothing new comes into it: its cartridges may be anywhere, and are written only if something there goes
     */
    record OpenPool(PoolName pool, DeviceName device, ApplianceId appliance, byte[] newLabel, byte[] keyRing, PoolName copyOf, PoolName within, Barcode barcode,
            long spool, byte[] tapeSecret, boolean sealsTape, boolean closed) implements PoolOrder {

        /** Opens the pool's own volume. */
        public OpenPool(PoolName pool, DeviceName device, ApplianceId appliance, byte[] newLabel, byte[] keyRing) {
            this(pool, device, appliance, newLabel, keyRing, null, null, null, -1);
        }

        /** With drives that seal nothing. */
        public OpenPool(PoolName pool, DeviceName device, ApplianceId appliance, byte[] newLabel, byte[] keyRing, PoolName copyOf, PoolName within, Barcode barcode,
                long spool) {
            this(pool, device, appliance, newLabel, keyRing, copyOf, within, barcode, spool, null, false, false);
        }

        /** The same where no label is to be made. */
        public OpenPool unwritten() {
            return new OpenPool(pool, device, appliance, null, keyRing, copyOf, within, barcode, spool, tapeSecret, sealsTape, closed);
        }

        /** The pool that the label names. */
        public PoolName labelled() {
            return copyOf == null ? pool : copyOf;
        }

        /** The pool whose medium this is. */
        public PoolName medium() {
            return within == null ? pool : within;
        }
    }

    /**
     * Where does this pool's volume lie? Answer: {@link PoolAnswer.PlaceFound}. Fails with {@code volume.missing}, {@code volume.foreign},
     * {@code volume.quarantined} if it is not there.
     */
    record ReadPlace(PoolName pool) implements PoolOrder {}

    /**
     * Write the label of a volume again, and its key ring, where both are gone with all that lay beside them. Nothing is written where anything lies that
     * the volume did not have. What has the label already is left as it is. Answer: {@link PoolAnswer.VolumeReady}, when the volume can be opened. Fails with
     * {@code volume.missing} if this is not the place where the volume was, {@code volume.quarantined} if something else lies there, {@code volume.foreign}.
     *
     * @param open  with the label as it was
     * @param place as {@link PoolAnswer.PlaceFound} told it when the volume was there; null if somebody has said that it is to be done here
     */
    record RemakeVolume(OpenPool open, String place) implements PoolOrder {}

    /**
     * Stop serving this pool. Answer: {@link Answer.Done}.
     *
     * @param gone whether it is no pool any more: what waits for its cartridges is deleted, too
     */
    record ClosePool(PoolName pool, boolean gone) implements PoolOrder {

        /** It may be opened again. */
        public ClosePool(PoolName pool) {
            this(pool, false);
        }
    }

    /** How much room has this pool's volume? Answer: {@link PoolAnswer.Room}. */
    record MeasureRoom(PoolName pool) implements PoolOrder {}

    /** Which key ring lies on this pool's volume? Answer: {@link PoolAnswer.KeyRingFound}. */
    record ReadKeyRing(PoolName pool) implements PoolOrder {}

    /**
     * Write a key ring on the volume, beside the older ones. Answer: {@link Answer.Done}, when it is durable; also if it is there already.
     * Fails with {@code keyring.other} if there is another ring of that number, {@code keyring.newer} if there is a newer one.
     */
    record StoreKeyRing(PoolName pool, byte[] keyRing) implements PoolOrder {}

    /**
     * Write a snapshot's manifest on the volume. Answer: {@link Answer.Done}, when it is durable.
     *
     * @param job null if it is done for none
     */
    record StoreManifest(JobId job, PoolName pool, SnapshotId snapshot, byte[] manifest) implements PoolOrder {}

    /** Take a manifest off the volume again: its catalog transaction failed. Answer: {@link Answer.Done}. */
    record RemoveManifest(PoolName pool, SnapshotId snapshot) implements PoolOrder {}
}
