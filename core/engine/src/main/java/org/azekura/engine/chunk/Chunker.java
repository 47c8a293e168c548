package org.azekura.engine.chunk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.azekura.api.ChunkSizes;

/**
 * Finds the ends of content-defined chunks. Keeps no state between calls: thread-safe.
 *
 * <p>A plain loop on purpose: unrolled and two-bytes-a-step variants were slower when compiled by C2.
 */
public final class Chunker {

    /** The hash forgets a byte after as many steps as it has bits. */
    private static final int WINDOW = Long.SIZE;

    private final long[] gear = new long[256];
    private final int min;
    private final int average;
    private final int max;
    private final long strict;
    private final long loose;

    /** @throws IllegalArgumentException if the key has not {@value ChunkNamer#KEY_BYTES} bytes */
    public Chunker(ChunkSizes sizes, byte[] idKey) {
        ChunkNamer.checkKey(idKey);
        ByteBuffer.wrap(Hkdf.derive(idKey, "azekura gear".getBytes(US_ASCII), gear.length * Long.BYTES)).asLongBuffer().get(gear);
        min = sizes.min();
        average = sizes.average();
        max = sizes.max();
        int bits = Integer.numberOfTrailingZeros(average);
        strict = upper(bits + 2);
        loose = upper(bits - 2);
    }

    private static long upper(int bits) {
        return -1L << (Long.SIZE - bits);
    }

    /**
     * Length of the chunk that begins at {@code from}.
     *
     * @param to  end of what is there
     * @param end whether the content ends at {@code to}; if not, at least {@code max} bytes must be there
     * @return 1 to {@code max}; less than {@code min} only at the end
     */
    public int cut(byte[] buffer, int from, int to, boolean end) {
        Objects.checkFromToIndex(from, to, buffer.length);
        int length = to - from;
        if (length == 0 || !end && length < max) {
            throw new IllegalArgumentException("to find a chunk's end takes " + max + " bytes, or the content's end; there are " + length);
        }
        if (length <= min) {
            return length;
        }
        int last = from + Math.min(length, max);
        int normal = Math.min(from + average - 1, last);
        long h = hash(buffer, from + min - WINDOW, from + min - 1);
        int i = from + min - 1;
        while (i < normal) {
            h = (h << 1) + gear[buffer[i++] & 0xff];
            if ((h & strict) == 0) {
                return i - from;
            }
        }
        while (i < last) {
            h = (h << 1) + gear[buffer[i++] & 0xff];
            if ((h & loose) == 0) {
                return i - from;
            }
        }
        return last - from;
    }

    private long hash(byte[] buffer, int from, int to) {
        long h = 0;
        for (int i = from; i < to; i++) {
            h = (h << 1) + gear[buffer[i] & 0xff];
        }
        return h;
    }
}
