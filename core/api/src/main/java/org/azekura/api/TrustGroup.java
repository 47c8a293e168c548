package org.azekura.api;

import java.nio.ByteBuffer;

/** Clients that share known chunks with each other; by default a client is a group of its own. */
public record TrustGroup(long high, long low) implements Comparable<TrustGroup> {

    /** Size of the byte form. */
    public static final int BYTES = 16;

    /** @throws IllegalArgumentException if the text is not 32 hexadecimal digits */
    public static TrustGroup parse(String text) {
        Bits128 bits = Bits128.parse("a trust group", text);
        return new TrustGroup(bits.high(), bits.low());
    }

    /** Reads {@value #BYTES} bytes at the buffer's position. */
    public static TrustGroup read(ByteBuffer from) {
        Bits128 bits = Bits128.read(from);
        return new TrustGroup(bits.high(), bits.low());
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
    public int compareTo(TrustGroup other) {
        return Bits128.compare(high, low, other.high, other.low);
    }

    /** 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return Bits128.text(high, low);
    }
}
