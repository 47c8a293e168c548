package org.azekura.bench.stage;

import org.azekura.bench.corpus.Sampler;

/** What the stages work on. */
final class Content {

    static final int MIB = 1 << 20;
    static final byte[] ID_KEY = Sampler.noise(32);

    private Content() {}

    /** Programs, texts, rows and noise in turn, as a disk has them. */
    static byte[] mixed(int length) {
        return Sampler.mixed(length);
    }
}
