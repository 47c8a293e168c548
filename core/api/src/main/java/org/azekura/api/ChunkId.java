package org.azekura.api;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Names a chunk: HMAC-SHA-256 of its plain content under the pool's id key. Kept as four longs because millions of them
 * are in memory at once.
 */
public record ChunkId(long a, long b, long c, long d) implements Comparable<ChunkId> {

    /** Size of the byte form. */
    public static final int BYTES = 32;

    /** @throws IllegalArgumentException if there are not exactly {@value #BYTES} bytes */
    public static ChunkId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a chunk id has 32 bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** @throws IllegalArgumentException if the text is not 64 hexadecimal digits */
    public static ChunkId parse(String text) {
        return of(HexFormat.of().parseHex(text));
    }

    /** Reads {@value #BYTES} bytes at the buffer's position. */
    public static ChunkId read(ByteBuffer from) {
        return new ChunkId(from.getLong(), from.getLong(), from.getLong(), from.getLong());
    }

    /** Writes {@value #BYTES} bytes at the buffer's position. */
    public void write(ByteBuffer to) {
        to.putLong(a).putLong(b).putLong(c).putLong(d);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(a).putLong(b).putLong(c).putLong(d).array();
    }

    /** Ids are uniformly distributed already: the first bits do. */
    @Override
    public int hashCode() {
        return (int) a;
    }

    /** Order of the byte form, unsigned. */
    @Override
    public int compareTo(ChunkId o) {
        int order = Long.compareUnsigned(a, o.a);
        if (order == 0) {
            order = Long.compareUnsigned(b, o.b);
        }
        if (order == 0) {
            order = Long.compareUnsigned(c, o.c);
        }
        return order != 0 ? order : Long.compareUnsigned(d, o.d);
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
