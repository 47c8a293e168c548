package org.azekura.storagenode.index;

import java.util.Random;
import org.azekura.api.ChunkId;

/** Ids of chunks, random as real ones are. */
final class Ids {

    private final Random random;

    Ids(long seed) {
        random = new Random(seed);
    }

    ChunkId id() {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }
}
