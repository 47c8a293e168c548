package org.azekura.engine.seal;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** Compresses chunks where it pays. One thread at a time; keeps its tables and its buffer from chunk to chunk. */
final class Compressor implements AutoCloseable {

    /** Below this the probe costs as much as it could save. */
    private static final int PROBED = 128 << 10;
    private static final int SAMPLE = 16 << 10;
    private static final int SAMPLES = 4;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] output = new byte[0];

    /**
     * Compresses into {@link #output()}.
     *
     * @param level as zstd counts; 0 compresses nothing
     * @return compressed length, or -1 if less than a 64th would be saved
     */
    int compress(byte[] plain, int from, int length, int level) {
        if (level == 0 || length >= PROBED && !promising(plain, from, length)) {
            return -1;
        }
        int compressed = run(plain, from, length, level);
        return compressed < length - length / 64 ? compressed : -1;
    }

    byte[] output() {
        return output;
    }

    /** Uneven bytes promise something; where they look even, only trying shows repetitions. */
    private boolean promising(byte[] plain, int from, int length) {
        byte[] sample = new byte[SAMPLES * SAMPLE];
        int stride = (length - SAMPLE) / (SAMPLES - 1);
        for (int i = 0; i < SAMPLES; i++) {
            System.arraycopy(plain, from + i * stride, sample, i * SAMPLE, SAMPLE);
        }
        return uneven(sample) || run(sample, 0, sample.length, 1) < sample.length - sample.length / 32;
    }

    /** Compares the sum of squared counts with that of random bytes, n²/256 + n. */
    private static boolean uneven(byte[] sample) {
        int[] counts = new int[256];
        for (byte b : sample) {
            counts[b & 0xff]++;
        }
        long squares = 0;
        for (int count : counts) {
            squares += (long) count * count;
        }
        long n = sample.length;
        return squares > (n * n / 256 + n) * 5 / 4;
    }

    private int run(byte[] plain, int from, int length, int level) {
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (output.length < bound) {
            output = new byte[bound];
        }
        zstd.setLevel(level);
        return zstd.compressByteArray(output, 0, output.length, plain, from, length);
    }

    @Override
    public void close() {
        zstd.close();
    }
}
