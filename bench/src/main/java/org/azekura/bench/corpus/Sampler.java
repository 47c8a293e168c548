package org.azekura.bench.corpus;

/** Contents like those of the corpora, in memory. */
public final class Sampler {

    private static final long SEED = 357;
    private static final int PIECE = 64 << 10;

    private Sampler() {}

    /** Pieces of all kinds. */
    public static byte[] mixed(int length) {
        byte[] content = new byte[length];
        Synth synth = new Synth(new Dice(SEED));
        for (int at = 0; at < length; at += PIECE) {
            synth.mixed(content, at, Math.min(PIECE, length - at));
        }
        return content;
    }

    public static byte[] noise(int length) {
        byte[] content = new byte[length];
        new Dice(SEED).noise(content, 0, length);
        return content;
    }
}
