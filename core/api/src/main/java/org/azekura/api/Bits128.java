package org.azekura.api;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Text and byte form of the 128-bit identifiers: 16 bytes big-endian, 32 lower-case hexadecimal digits. */
record Bits128(long high, long low) {

    static Bits128 parse(String what, String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException(what + " must be 32 hexadecimal digits, not \"" + text + "\"");
        }
        try {
            return new Bits128(HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " must be 32 hexadecimal digits, not \"" + text + "\"", e);
        }
    }

    static Bits128 read(ByteBuffer from) {
        return new Bits128(from.getLong(), from.getLong());
    }

    static byte[] bytes(long high, long low) {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    static String text(long high, long low) {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    static int compare(long highA, long lowA, long highB, long lowB) {
        int byHigh = Long.compareUnsigned(highA, highB);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(lowA, lowB);
    }
}
