package org.azekura.api.message;

import java.util.List;
import org.azekura.api.SnapshotId;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/** About a pool and its volumes. */
public sealed interface PoolAnswer extends Answer {

    /**
     * A volume can be used.
     *
     * @param label    the name written on it
     * @param location for people
     * @param used     bytes of packs on it
     * @param capacity bytes, -1 without a bound
     * @param barcode  of the cartridge; null if it is none, or has none
     * @param members  where it is the first of several cartridges: all of them as far as the node knows, itself included; else empty
     */
    record VolumeReady(VolumeId volume, String label, String location, long used, long capacity, Barcode barcode, List<Member> members)
            implements PoolAnswer {

        public VolumeReady {
            members = List.copyOf(members);
        }

        /** The only volume of its pool. */
        public VolumeReady(VolumeId volume, String label, String location, long used, long capacity, Barcode barcode) {
            this(volume, label, location, used, capacity, barcode, List.of());
        }

        /** A volume that is no cartridge. */
        public VolumeReady(VolumeId volume, String label, String location, long used, long capacity) {
            this(volume, label, location, used, capacity, null);
        }
    }

    /**
     * One cartridge of several on which a pool lies.
     *
     * @param number   within its set, from 1
     * @param label    the name written on it
     * @param barcode  null if it has none
     * @param location where it is, for people; null if it is not in the library
     * @param state    as {@link NodeReport.VolumeState} has it
     * @param why      for people; null: nothing is to be said
     * @param used     bytes of packs on it
     * @param capacity bytes, -1 if nobody knows
     */
    record Member(VolumeId volume, int number, String label, Barcode barcode, String location, String state, String why, long used, long capacity) {}

    /**
     * To {@link NodeReport.VolumeWanted}.
     *
     * @param barcode of the cartridge to take, which is in the library; null: any one that is blank and none of those that were refused
     * @param label   a whole label, signed by the server, that says its set and its number, and the cartridge's barcode if one is chosen. Its number is
     *                the one that counts: it is higher than the one asked for where the catalog knows of volumes that the node does not
     * @param overwrites the volume whose label is on the cartridge still and that is given up; null: the cartridge must be blank, or have this very
     *                   label already
     */
    record VolumeChosen(Barcode barcode, byte[] label, VolumeId overwrites) implements PoolAnswer {

        /** A cartridge that is blank, or has this very label. */
        public VolumeChosen(Barcode barcode, byte[] label) {
            this(barcode, label, null);
        }
    }

    /** As {@link org.azekura.api.device.BlobStore#place} tells it; null if its device tells nothing for certain. */
    record PlaceFound(String place) implements PoolAnswer {}

    /** The newest key ring that can be read; null if there is none. */
    record KeyRingFound(byte[] keyRing) implements PoolAnswer {}

    /** To {@link HealOrder.CheckManifests}: those that are gone or damaged, in the order in which they were asked for. */
    record Differing(List<Difference> manifests) implements PoolAnswer {}

    /** @param what for people: gone, or not what it was */
    record Difference(SnapshotId snapshot, String what) {}

    /**
     * To {@link HealOrder.CheckRecords}.
     *
     * @param keyRing     what is wrong with the ring that should be there, for people; null: nothing
     * @param checkpoints the newest first
     * @param segments    in the order of their lines
     */
    record RecordsFound(String keyRing, List<CheckpointFound> checkpoints, List<SegmentFound> segments) implements PoolAnswer {}

    /**
     * @param hash SHA-256 of all of it; null if it was not read
     * @param what it has against being one, for people; null: it is whole
     */
    record CheckpointFound(String key, byte[] hash, String what) {}

    /**
     * Lines of the audit log.
     *
     * @param first by its key
     * @param last  likewise
     * @param what  as of a checkpoint
     */
    record SegmentFound(String key, long first, long last, String what) {}

    /** What can still be written on a volume, in bytes; -1 without a bound. */
    record Room(long free) implements PoolAnswer {}
}
