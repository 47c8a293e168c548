package org.azekura.engine.volume;

import java.time.Instant;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;

/**
 * What is known of cartridges and drives, and nowhere else on the media: so that it comes back with any one of the pools. Of all pools of the appliance, in any
 * order. Words are those that people gave; nothing in it is sealed.
 */
public sealed interface MediaItem extends CheckpointItem {

    /**
     * What a pool's cartridges are used for.
     *
     * @param keep_s      seconds; cutAfter_s and setAfter_s likewise
     * @param cutSize     bytes; setSize likewise
     * @param reserve     cartridges
     * @param sealed      drives seal what they write
     * @param errorFactor so many times as many corrected errors make one suspect
     * @param spool       bytes that may wait for tape; -1 if nobody has said
     */
    record PoolMedia(PoolName name, boolean blank, boolean scratch, long keep_s, int repack, long cutAfter_s, long cutSize, int reserve, long setAfter_s,
            long setSize, boolean sealed, int errorFactor, long spool) implements MediaItem {

        public PoolMedia {
            check(keep_s >= 0 && repack >= 0 && repack <= 100 && cutAfter_s >= 0 && cutSize >= 0 && reserve >= 0 && setAfter_s >= 0 && setSize >= 0
                    && errorFactor >= 0 && spool >= -1, "rules of pool " + name);
        }
    }

    /**
     * A volume of which more is known than what lies on it.
     *
     * @param locked   an operator has it left as it is
     * @param suspect  it is not written any more
     * @param accepted an operator believes in it all the same
     * @param why      that is so, for people; empty if nothing is to be said
     * @param location where it is, for people
     * @param labelled null if nobody knows, written likewise
     * @param errors   that were not recovered
     */
    record KnownVolume(VolumeId id, boolean locked, boolean suspect, boolean accepted, String why, String location, Instant labelled, Instant written, int errors)
            implements MediaItem {

        public KnownVolume {
            check(errors >= 0, errors + " errors of volume " + id);
        }
    }

    /**
     * What a cartridge has been through.
     *
     * @param mounts here
     * @param seen   last
     * @param loads  into any drive, as its memory tells; -1 if it does not, as with the rest
     */
    record KnownCartridge(String barcode, int mounts, Instant seen, long loads, long written, long read, long uncorrected) implements MediaItem {

        public KnownCartridge {
            check(mounts >= 0, mounts + " mounts of " + barcode);
        }
    }

    /**
     * A cartridge that nobody needs any more.
     *
     * @param label that it had
     */
    record GivenUp(VolumeId volume, String label, String barcode, Instant since, String why) implements MediaItem {}

    /** What went wrong with one cartridge in one drive. */
    record PairErrors(String drive, String barcode, int errors, Instant last, String what) implements MediaItem {

        public PairErrors {
            check(errors > 0, errors + " errors of drive " + drive + " with " + barcode);
        }
    }

    /**
     * A drive that is not simply well.
     *
     * @param down whether it gets nothing; else it is to be cleaned
     */
    record KnownDrive(String drive, boolean down, String why, Instant since) implements MediaItem {}

    private static void check(boolean good, String what) {
        if (!good) {
            throw new IllegalArgumentException("not in a checkpoint: " + what);
        }
    }
}
