package org.azekura.driver.tape.paper;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.azekura.driver.tape.scsi.Outcome;

/** The far end of blocks that go with a checksum: mode page 0Ah/F0h as IBM's LTO drives have it, 32 bytes. What lies on the tape lies there without. */
final class PaperProtection {

    private final byte[] page = new byte[32];
    private boolean garbles;
    private boolean hasPage = true;
    private int method = 2;

    PaperProtection() {
        page[0] = (byte) 0xca;
        page[1] = (byte) 0xf0;
        page[3] = 0x1c;
    }

    /** Null if there is none. */
    byte[] page() {
        return hasPage ? page : null;
    }

    void none() {
        hasPage = false;
    }

    /** It knows the Reed-Solomon code only, as drives before LTO-7. */
    void old() {
        method = 1;
    }

    /** 0: none. */
    int method() {
        return page[4];
    }

    /** The next block is changed on the way. */
    void garble() {
        garbles = true;
    }

    /** Ends with the session, as a reset does. */
    void reset() {
        Arrays.fill(page, 4, 7, (byte) 0);
    }

    /** One method only, or none. */
    Outcome.Answered select(byte[] next) {
        if (next[4] != 0 && (next[4] != method || next[5] != 4)) {
            return Said.sense(5, 0x26, 0);
        }
        System.arraycopy(next, 4, page, 4, 3);
        return Said.good(0);
    }

    int length() {
        return page[4] == 0 ? 0 : 4;
    }

    private boolean turns() {
        boolean now = garbles;
        garbles = false;
        return now;
    }

    /** The block that came; null if it is not what was sent. */
    ByteBuffer received(ByteBuffer sent) {
        byte[] bytes = new byte[sent.remaining()];
        sent.duplicate().get(bytes);
        if (turns()) {
            bytes[bytes.length / 2] ^= 4;
        }
        if (page[4] == 0 || (page[6] & 0x80) == 0) {
            return ByteBuffer.wrap(bytes);
        }
        int length = bytes.length - 4;
        int sum = ByteBuffer.wrap(bytes).order(order()).getInt(length);
        return sum == sum(bytes, length) ? ByteBuffer.wrap(bytes, 0, length) : null;
    }

    /** What goes over the wire for a block. */
    byte[] sent(byte[] block) {
        byte[] bytes = block.clone();
        if (page[4] != 0 && (page[6] & 0x40) != 0) {
            bytes = ByteBuffer.allocate(block.length + 4).order(order()).put(block).putInt(sum(block, block.length)).array();
        }
        if (turns()) {
            bytes[block.length / 2] ^= 4;
        }
        return bytes;
    }

    private ByteOrder order() {
        return method == 2 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private int sum(byte[] bytes, int length) {
        return method == 2 ? crc(bytes, length) : PaperField.left(bytes, length);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
