package org.azekura.api;

import java.nio.ByteBuffer;

/** Names a pack; random, so that pack names say nothing about their order. */
public record PackId(long high, long low) implements Comparable<PackId> {

    /** Size of the byte form. */
    public static final int BYTES = 16;

    /** @throws IllegalArgumentException if the text is not 32 hexadecimal digits */
    public static PackId parse(String text) {
        Bits128 bits = Bits128.parse("a pack id", text);
        return new PackId(bits.high(), bits.low());
    }

    /** Reads {@value #BYTES} bytes at the buffer's position. */
    public static PackId read(ByteBuffer from) {
        Bits128 bits = Bits128.read(from);
        return new PackId(bits.high(), bits.low());
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
    public int compareTo(PackId other) {
        return Bits128.compare(high, low, other.high, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return Bits128.text(high, low);
    }
}
