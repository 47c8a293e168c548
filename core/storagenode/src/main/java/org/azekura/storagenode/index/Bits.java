package org.azekura.storagenode.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** How numbers lie in the index's files: big-endian, at any place. */
final class Bits {

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Bits() {}

    /** Unsigned. */
    static int getShort(MemorySegment from, long at) {
        return Short.toUnsignedInt(from.get(SHORT, at));
    }

    static void putShort(MemorySegment to, long at, int value) {
        to.set(SHORT, at, (short) value);
    }

    static int getInt(MemorySegment from, long at) {
        return from.get(INT, at);
    }

    static long getLong(MemorySegment from, long at) {
        return from.get(LONG, at);
    }

    static void putInt(MemorySegment to, long at, int value) {
        to.set(INT, at, value);
    }

    static void putLong(MemorySegment to, long at, long value) {
        to.set(LONG, at, value);
    }

    /** CRC-32C. */
    static int checksum(MemorySegment of, long from, long to) {
        CRC32C crc = new CRC32C();
        crc.update(of.asSlice(from, to - from).asByteBuffer());
        return (int) crc.getValue();
    }
}
