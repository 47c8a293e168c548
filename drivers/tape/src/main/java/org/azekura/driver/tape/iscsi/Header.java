package org.azekura.driver.tape.iscsi;

import java.nio.ByteBuffer;

/** The 48 bytes before the data of a PDU. Fields are where {@code RFC 7143} has them for the opcode; nothing is checked here. */
final class Header {

    static final int BYTES = 48;
    /** Tag of no task, or of no transfer. */
    static final int NONE = 0xffff_ffff;
    static final int FINAL = 0x80;

    private static final int MOST_DATA = 0xff_ffff;

    private final ByteBuffer bytes;

    /** @param bytes 48 of them */
    Header(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static Header empty() {
        return new Header(ByteBuffer.allocateDirect(BYTES));
    }

    /** All zero but these. */
    Header begin(int opcode, int flags, int tag) {
        bytes.clear();
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            bytes.putLong(i, 0);
        }
        bytes.put(0, (byte) opcode).put(1, (byte) flags).putInt(16, tag);
        return this;
    }

    Header put(int at, int value) {
        bytes.putInt(at, value);
        return this;
    }

    Header putLong(int at, long value) {
        bytes.putLong(at, value);
        return this;
    }

    Header put(int at, byte[] value) {
        bytes.put(at, value);
        return this;
    }

    Header dataLength(int length) {
        if (length > MOST_DATA) {
            throw new IllegalArgumentException("too long for a PDU: " + length);
        }
        bytes.putInt(4, length);
        return this;
    }

    int opcode() {
        return u8(0) & 0x3f;
    }

    boolean has(int flag) {
        return (u8(1) & flag) != 0;
    }

    int u8(int at) {
        return bytes.get(at) & 0xff;
    }

    int u32(int at) {
        return bytes.getInt(at);
    }

    long u64(int at) {
        return bytes.getLong(at);
    }

    int additional() {
        return 4 * u8(4);
    }

    int dataLength() {
        return bytes.getInt(4) & MOST_DATA;
    }

    int tag() {
        return u32(16);
    }

    /** Behind this many bytes of data come so many zeros. */
    static int padding(int length) {
        return -length & 3;
    }

    /** To be sent or filled, whole. */
    ByteBuffer whole() {
        return bytes.clear();
    }
}
