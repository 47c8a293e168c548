package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli). */
final class Checksum {

    private Checksum() {}

    /** Of all remaining bytes, which are left as they are. */
    static int of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
