package org.azekura.engine.seal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** Compresses chunks where it pays. One thread at a time; keeps its tables and its buffer from chunk to chunk. */
final class Compressor implements AutoCloseable {

    /** Below this the probe costs as much as it could save. */
    private static final int PROBED = 128 << 10;
    private static final int SAMPLE = 4 << 10;
    private static final int SAMPLES = 16;
    /** How much more uneven bytes are than random ones where something may be gained, and where much will be. */
    private static final double UNEVEN = 1.25;
    private static final double VERY_UNEVEN = 8;
    /** What is packed already, sound, pictures: above this level they take twice the time and lose less than a hundredth more. */
    private static final int POOR_LEVEL = 2;

    /** At level 2 zstd looks for 6 equal bytes; with 5 it saves a hundredth more for a tenth of the time. 0 is its own choice. */
    private static final int SHORT_MATCH = 5;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] output = new byte[0];

    /**
     * Compresses into {@link #output()}.
     *
     * @param level as zstd counts, the highest that is used; 0 compresses nothing
     * @return compressed length, or -1 if less than a 64th would be saved
     */
    int compress(byte[] plain, int from, int length, int level) {
        int used = level == 0 || length < PROBED ? level : probe(plain, from, length, level);
        if (used == 0) {
            return -1;
        }
        int compressed = run(plain, from, length, used);
        return compressed < length - length / 64 ? compressed : -1;
    }

    byte[] output() {
        return output;
    }

    /**
     * Very uneven bytes, as text and programs have, promise much. Else a sample is tried: what shows neither uneven bytes nor
     * repetitions is not worth trying, and of what gains less than a quarter a higher level gains hardly more.
     *
     * @return the level that is worth while, 0 if none is
     */
    private int probe(byte[] plain, int from, int length, int level) {
        byte[] sample = new byte[SAMPLES * SAMPLE];
        int stride = (length - SAMPLE) / (SAMPLES - 1);
        for (int i = 0; i < SAMPLES; i++) {
            System.arraycopy(plain, from + i * stride, sample, i * SAMPLE, SAMPLE);
        }
        double unevenness = unevenness(sample);
        if (unevenness > VERY_UNEVEN || unevenness > UNEVEN && level <= POOR_LEVEL) {
            return level;
        }
        int tried = run(sample, 0, sample.length, 1);
        if (unevenness <= UNEVEN && tried >= sample.length - sample.length / 32) {
            return 0;
        }
        return tried > sample.length - sample.length / 4 ? Math.min(level, POOR_LEVEL) : level;
    }

    /** The sum of squared counts by that of random bytes, n²/256 + n. */
    private static double unevenness(byte[] sample) {
        int[] counts = new int[256];
        for (byte b : sample) {
            counts[b & 0xff]++;
        }
        double squares = 0;
        for (int count : counts) {
            squares += (double) count * count;
        }
        double n = sample.length;
        return squares / (n * n / 256 + n);
    }

    private int run(byte[] plain, int from, int length, int level) {
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (output.length < bound) {
            output = new byte[bound];
        }
        zstd.setLevel(level);
        zstd.setMinMatch(level == 2 ? SHORT_MATCH : 0);
        return zstd.compressByteArray(output, 0, output.length, plain, from, length);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
