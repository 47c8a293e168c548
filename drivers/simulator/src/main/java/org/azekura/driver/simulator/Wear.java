package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.azekura.api.device.Drive;

/**
 * What a cartridge has been through, as its memory keeps it; the package's Javadoc has the grammar.
 *
 * @param written          bytes of blocks
 * @param read             bytes of blocks
 * @param writeUncorrected errors
 * @param readUncorrected  errors
 */
record Wear(long written, long read, long writeUncorrected, long readUncorrected) {

    static final Wear NONE = new Wear(0, 0, 0, 0);
    static final int AT = 1536;
    static final int BYTES = 36;
    private static final int CHECKED = BYTES - 4;

    Wear wrote(int bytes) {
        return new Wear(written + bytes, read, writeUncorrected, readUncorrected);
    }

    Wear readMore(int bytes) {
        return new Wear(written, read + bytes, writeUncorrected, readUncorrected);
    }

    /** With what a drive has counted in one mount. */
    Wear with(Drive.Counters counted) {
        return new Wear(written, read, writeUncorrected + counted.writeUncorrected(), readUncorrected + counted.readUncorrected());
    }

    ByteBuffer encode() {
        ByteBuffer all = ByteBuffer.allocate(BYTES).putLong(written).putLong(read).putLong(writeUncorrected).putLong(readUncorrected);
        return all.putInt(Checksum.of(all.slice(0, CHECKED))).flip();
    }

    /** Nothing, if there is nothing, or what there is has not its checksum. */
    static Wear decode(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        return Arrays.equals(bytes, new byte[BYTES]) || all.getInt(CHECKED) != Checksum.of(all.slice(0, CHECKED)) ? NONE
                : new Wear(all.getLong(), all.getLong(), all.getLong(), all.getLong());
    }
}
