package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * The checksum of blocks that LTO drives know before the seventh generation (ECMA-319, Reed-Solomon CRC). Bytes are elements of the field of 256 with
 * x⁸ + x⁴ + x³ + x² + 1, a block is a polynomial with its first byte as the highest coefficient, and the checksum is what is left of it, times y⁴, when it is divided by
 * y⁴ + 38h y³ + CFh y² + 38h y + 1, whose roots are α¹²⁶ to α¹²⁹. Four bytes at a time by tables, for drives write 160 MB/s. One thread at a time.
 */
final class ReedSolomon implements Checksum {

    private static final int FIELD = 0x11d;
    private static final int[] DIVISOR = {0x38, 0xcf, 0x38, 0x01};
    /** What is left of a byte with so many bytes of zero behind it. */
    private static final int[][] LEFT = left();

    private int sum;

    private static int[][] left() {
        int[][] left = new int[4][256];
        for (int value = 0; value < 256; value++) {
            for (int factor : DIVISOR) {
                left[0][value] = left[0][value] << 8 | times(value, factor);
            }
        }
        for (int zeros = 1; zeros < left.length; zeros++) {
            for (int value = 0; value < 256; value++) {
                int before = left[zeros - 1][value];
                left[zeros][value] = before << 8 ^ left[0][before >>> 24];
            }
        }
        return left;
    }

    private static int times(int one, int other) {
        int product = 0;
        for (int shifted = one, bits = other; bits != 0; bits >>= 1) {
            product ^= (bits & 1) == 0 ? 0 : shifted;
            shifted = shifted << 1 ^ (shifted < 0x80 ? 0 : FIELD);
        }
        return product;
    }

    @Override
    public void update(int value) {
        sum = sum << 8 ^ LEFT[0][sum >>> 24 ^ value & 0xff];
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        update(ByteBuffer.wrap(bytes, from, length));
    }

    @Override
    public void update(ByteBuffer bytes) {
        ByteBuffer ordered = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        while (ordered.remaining() >= Integer.BYTES) {
            int four = sum ^ ordered.getInt();
            sum = LEFT[3][four >>> 24] ^ LEFT[2][four >>> 16 & 0xff] ^ LEFT[1][four >>> 8 & 0xff] ^ LEFT[0][four & 0xff];
        }
        while (ordered.hasRemaining()) {
            update(ordered.get());
        }
        bytes.position(bytes.limit());
    }

    @Override
    public long getValue() {
        return Integer.toUnsignedLong(sum);
    }

    @Override
    public void reset() {
        sum = 0;
    }
}
