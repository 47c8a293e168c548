package org.azekura.engine.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompressorTest {

    private static final int CHUNK = 1 << 20;

    private final Compressor compressor = new Compressor();

    @AfterEach
    void close() {
        compressor.close();
    }

    /** Null if it is stored as it is. */
    private byte[] compressed(byte[] plain, int level) {
        int length = compressor.compress(plain, 0, plain.length, level);
        return length < 0 ? null : Arrays.copyOf(compressor.output(), length);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Words of a small language, in no order. */
    private static byte[] text() {
        Random random = new Random(2);
        byte[] text = new byte[CHUNK];
        for (int at = 0; at < CHUNK;) {
            Random word = new Random((long) (Math.abs(random.nextGaussian()) * 500));
            for (int letters = 2 + word.nextInt(8); letters > 0 && at < CHUNK; letters--) {
                text[at++] = (byte) ('a' + Math.min(word.nextInt(26), word.nextInt(26)));
            }
            if (at < CHUNK) {
                text[at++] = ' ';
            }
        }
        return text;
    }

    /** Pages that are full of what is packed already, but for their ends. */
    private static byte[] packed() {
        byte[] pages = random(CHUNK);
        for (int at = 0; at < CHUNK; at += 8192) {
            Arrays.fill(pages, at + 7000, at + 8192, (byte) 0);
        }
        return pages;
    }

    @Test
    void randomBytesAreNotEvenTried() {
        assertEquals(-1, compressor.compress(random(CHUNK), 0, CHUNK, 19));
        // Tables and buffers for the whole chunk at level 19 would be far larger than for the sample at 1.
        assertTrue(compressor.output().length < CHUNK / 8, compressor.output().length + " bytes of output");
    }

    @Test
    void textIsCompressedAtTheLevelAskedFor() {
        byte[] text = text();
        assertArrayEquals(Zstd.compress(text, 3), compressed(text, 3));
        assertArrayEquals(Zstd.compress(text, 6), compressed(text, 6));
        assertArrayEquals(Zstd.compress(text, 1), compressed(text, 1));
    }

    @Test
    void whatGainsLittleIsCompressedAtALowLevel() {
        byte[] packed = packed();
        assertArrayEquals(Zstd.compress(packed, 2), compressed(packed, 3));
        assertArrayEquals(Zstd.compress(packed, 2), compressed(packed, 9));
        assertArrayEquals(Zstd.compress(packed, 1), compressed(packed, 1));
        assertFalse(Arrays.equals(Zstd.compress(packed, 2), Zstd.compress(packed, 3)), "levels that make no difference show nothing");
    }

    @Test
    void repetitionsOfEvenBytesAreFound() {
        byte[] repeated = new byte[CHUNK];
        for (int at = 0; at < CHUNK; at += 1000) {
            System.arraycopy(random(1000), 0, repeated, at, Math.min(1000, CHUNK - at));
        }
        assertTrue(compressed(repeated, 3).length < CHUNK / 50);
    }

    @Test
    void lettersThatStandForRandomBytesShrinkByAQuarter() {
        byte[] letters = Base64.getEncoder().encode(random(CHUNK / 4 * 3));
        assertEquals(0.755, compressed(letters, 3).length / (double) letters.length, 0.01);
    }

    @Test
    void smallChunksAreSimplyTried() {
        byte[] text = Arrays.copyOf(text(), 100_000);
        assertArrayEquals(Zstd.compress(text, 3), compressed(text, 3));
        assertEquals(-1, compressor.compress(random(100_000), 0, 100_000, 3));
    }

    @Test
    void levelZeroCompressesNothing() {
        assertEquals(-1, compressor.compress(new byte[CHUNK], 0, CHUNK, 0));
    }
}
