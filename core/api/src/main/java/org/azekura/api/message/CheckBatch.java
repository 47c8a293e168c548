package org.azekura.api.message;

import java.util.List;
import org.azekura.api.PackId;

/**
 * Chunks of one pack whose content a client shall look at.
 *
 * @param chunks in the order in which they lie there, at most {@value #MAX_CHUNKS}; an empty key: nobody can open the chunk
 */
public record CheckBatch(PackId pack, List<RestoreBatch.ChunkKey> chunks) implements Message {

    /** Bound of a batch. */
    public static final int MAX_CHUNKS = 8_192;
}
