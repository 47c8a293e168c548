package org.azekura.api.message;

import java.util.List;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/** About the volumes of a pool that lies on several. */
public sealed interface VolumeAnswer extends Answer {

    /**
     * To {@link VolumeOrder.ListUses}.
     *
     * @param volumes by number
     * @param left    those that were the pool's and are not any more; nothing on them is needed
     */
    record Uses(List<VolumeUse> volumes, List<Left> left) implements VolumeAnswer {

        public Uses {
            volumes = List.copyOf(volumes);
            left = List.copyOf(left);
        }
    }

    /**
     * How much of a cartridge counts.
     *
     * @param closed  whether others follow it and it is known what lies there, so that it can leave
     * @param suspect whether its node found that it does not end where it should
     * @param packs   that count and lie there
     * @param live    bytes of all that counts and lies there
     * @param used    bytes up to its end; -1 if nobody knows
     */
    record VolumeUse(VolumeId volume, int number, boolean closed, boolean suspect, long packs, long live, long used) {}

    /**
     * A volume that is none of its pool's any more.
     *
     * @param label   the name written on it; null if nobody knows
     * @param barcode of the cartridge that still has its label, as far as it was looked at; null if none is known
     */
    record Left(VolumeId volume, String label, Barcode barcode) {}

    /**
     * What one {@link VolumeOrder.LeaveVolume} did.
     *
     * @param left   the cartridge has left; else it is asked again, unless nothing was done
     * @param done   blobs that were copied or read back, and deletions that were written again
     * @param bytes  of them
     * @param rest   bytes that are still to be copied, about
     * @param placed where packs lie now that were copied
     * @param stuck  names of blobs that can't be read and keep the cartridge; some of them
     */
    record Leaves(boolean left, int done, long bytes, long rest, List<NodeReport.PacksPlaced> placed, List<String> stuck) implements VolumeAnswer {

        public Leaves {
            placed = List.copyOf(placed);
            stuck = List.copyOf(stuck);
        }
    }
}
