package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import org.azekura.driver.simulator.Entry.Form;
import org.azekura.driver.simulator.Entry.Kind;

/**
 * An object on its way to the tape.
 *
 * @param content as it will be stored
 * @param crc     of the content; a wrong one makes it unreadable
 * @param bad     the tape will not take it
 */
record Piece(Kind kind, Form form, int length, byte[] content, int crc, boolean bad) {

    private static final byte[] NOTHING = {};
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(1 << 16).asReadOnlyBuffer();

    static Piece filemark() {
        return new Piece(Kind.FILEMARK, Form.PLAIN, 0, NOTHING, Checksum.of(ByteBuffer.allocate(0)), false);
    }

    /**
     * All remaining bytes of the buffer, which is left as it is.
     *
     * @param seal null for none
     */
    static Piece block(ByteBuffer bytes, boolean compress, Seal seal) {
        int length = bytes.remaining();
        if (seal == null && isZeros(bytes)) {
            return new Piece(Kind.BLOCK, compress ? Form.COMPRESSED_ZEROS : Form.ZEROS, length, NOTHING, Checksum.of(ByteBuffer.allocate(0)), false);
        }
        byte[] content = new byte[length];
        bytes.duplicate().get(content);
        return stored(seal == null ? Form.PLAIN : Form.SEALED, length, seal == null ? content : seal.seal(content));
    }

    private static Piece stored(Form form, int length, byte[] content) {
        return new Piece(Kind.BLOCK, form, length, content, Checksum.of(ByteBuffer.wrap(content)), false);
    }

    private static boolean isZeros(ByteBuffer bytes) {
        for (int at = bytes.position(); at < bytes.limit(); at += ZEROS.capacity()) {
            int length = Math.min(ZEROS.capacity(), bytes.limit() - at);
            if (bytes.slice(at, length).mismatch(ZEROS.slice(0, length)) >= 0) {
                return false;
            }
        }
        return true;
    }

    long tape() {
        return Entry.tape(kind, form, length);
    }

    Piece spoiled() {
        return new Piece(kind, form, length, content, crc, true);
    }

    /** With one bit turned over: behind the checksum the tape gives it back as good, before it as unreadable. */
    Piece flipped(long bit, boolean unreadable) {
        if (form != Form.PLAIN) {
            return new Piece(kind, form, length, content, unreadable ? ~crc : crc, bad);
        }
        byte[] changed = content.clone();
        changed[(int) (bit / 8 % changed.length)] ^= (byte) (1 << bit % 8);
        Piece flipped = stored(form, length, changed);
        return unreadable ? new Piece(kind, form, length, changed, crc, bad) : flipped;
    }
}
