package org.azekura.api;

import java.nio.ByteBuffer;

/** Names an appliance; made at its first start, written in the label of every volume it owns. */
public record ApplianceId(long high, long low) implements Comparable<ApplianceId> {

    /** Size of the byte form. */
    public static final int BYTES = 16;

    /** @throws IllegalArgumentException if the text is not 32 hexadecimal digits */
    public static ApplianceId parse(String text) {
        Bits128 bits = Bits128.parse("an appliance id", text);
        return new ApplianceId(bits.high(), bits.low());
    }

    /** Reads {@value #BYTES} bytes at the buffer's position. */
    public static ApplianceId read(ByteBuffer from) {
        Bits128 bits = Bits128.read(from);
        return new ApplianceId(bits.high(), bits.low());
    }

    /** Writes {@value #BYTES} bytes at the buffer's position. */
    public void write(ByteBuffer to) {
        to.putLong(high).putLong(low);
    }

    public byte[] bytes() {
        return Bits128.bytes(high, low);
    }

    /** Order of the byte form, unsigned. */
    @Override
    public int compareTo(ApplianceId other) {
        return Bits128.compare(high, low, other.high, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return Bits128.text(high, low);
    }
}
