package org.azekura.packages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The headers of the one form of zip that a package has. */
final class ZipForm {

    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;
    static final int LOCAL_BYTES = 30;
    static final int CENTRAL_BYTES = 46;
    static final int END_BYTES = 22;

    private static final short VERSION = 10;
    /** 1 January 1980, the first day that there is. */
    private static final short DATE = 0x0021;

    private ZipForm() {}

    static ByteBuffer allocate(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] local(String name, long size, long crc) {
        ByteBuffer out = allocate(LOCAL_BYTES + name.length()).putInt(LOCAL);
        return common(out, name, size, crc).put(name.getBytes(US_ASCII)).array();
    }

    static byte[] central(String name, long size, long crc, long offset) {
        ByteBuffer out = allocate(CENTRAL_BYTES + name.length()).putInt(CENTRAL).putShort(VERSION);
        common(out, name, size, crc).putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt((int) offset);
        return out.put(name.getBytes(US_ASCII)).array();
    }

    /** From the version to the length of the extra field: equal in both headers. */
    private static ByteBuffer common(ByteBuffer out, String name, long size, long crc) {
        return out.putShort(VERSION).putShort((short) 0).putShort((short) 0).putShort((short) 0).putShort(DATE).putInt((int) crc).putInt((int) size)
                .putInt((int) size).putShort((short) name.length()).putShort((short) 0);
    }

    static byte[] end(int entries, long size, long offset) {
        return allocate(END_BYTES).putInt(END).putShort((short) 0).putShort((short) 0).putShort((short) entries).putShort((short) entries)
                .putInt((int) size).putInt((int) offset).putShort((short) 0).array();
    }
}
