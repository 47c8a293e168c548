package org.azekura.engine.plan;

/**
 * Where a chunk lies on cartridges.
 *
 * @param cartridge number of the cartridge, by the caller's count, from 0 on
 * @param object    of the pack on it: orders the packs as they lie
 * @param offset    of the chunk's frame in the pack
 * @param length    of the frame
 */
public record Lie(int cartridge, long object, int offset, int length) {

    /** Whether this lies directly behind the other, or is the same. */
    boolean goesOn(Lie before) {
        return cartridge == before.cartridge && object == before.object
                && (offset == before.offset || offset == (long) before.offset + before.length);
    }
}
