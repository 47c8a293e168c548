package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/** About what is to be read from cartridges. */
public sealed interface RecallAnswer extends Answer {

    /**
     * The cartridges that a pool lies on, by number.
     *
     * @param drives of its library; 0 if it is on none
     */
    record Cartridges(int drives, List<Cartridge> cartridges) implements RecallAnswer {}

    /**
     * One of them.
     *
     * @param number  within the pool, from 1
     * @param label   the name written on it
     * @param barcode null if nobody can tell
     * @param place   for people: {@code slot 1003 of lib1}; of one that is not there: what would do
     * @param there   whether it can be read now
     * @param other   what has its barcode instead of it begins with, for people; null if that is not known
     */
    record Cartridge(VolumeId volume, int number, String label, Barcode barcode, String place, boolean there, String other) {}

    /** Without chunks that are nowhere. */
    record OnCartridges(List<ChunkOnCartridge> chunks) implements RecallAnswer {}

    /**
     * Where one chunk lies.
     *
     * @param volume that it is on; null if its pack waits on the node's disk to be written
     * @param object of the pack on it: orders packs as they lie
     * @param offset of its frame in the pack
     * @param length of the frame
     */
    record ChunkOnCartridge(ChunkId chunk, VolumeId volume, long object, int offset, int length) {}

    /** To {@link RecallOrder.OrderRecall}. */
    record Recall(List<Long> objects) implements RecallAnswer {}
}
