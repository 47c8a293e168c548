package org.azekura.storagenode.cartridge.note;

import org.azekura.api.device.Position;
import org.azekura.engine.volume.Label;

/**
 * Where a cartridge ends, and what stands before that: who appends proves the place by it.
 *
 * @param serial of the last object, 0 if there is only the label
 * @param number of the block that comes next
 * @param blocks of the last object, or of the label; 0 if the last object is damaged
 * @param bytes  before the end
 * @param last   in front of the last object, or of the label
 * @param end    where the next object goes
 */
public record Tail(long serial, long number, int blocks, long bytes, Position last, Position end) {

    /** Behind the label and its filemark. */
    public static Tail ofLabel(Position label, Position end) {
        return new Tail(0, 1, 1, Label.BYTES, label, end);
    }

    /** Behind what is left of an object that was damaged. */
    public Tail behindDamage(Position from, Position to) {
        return new Tail(serial + 1, number, 0, bytes, from, to);
    }
}
