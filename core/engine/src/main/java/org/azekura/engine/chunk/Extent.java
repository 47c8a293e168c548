package org.azekura.engine.chunk;

import org.azekura.api.ChunkId;

/**
 * A run of bytes of a file: a whole chunk, a slice of one, or a hole.
 *
 * @param chunk  where the bytes are, null for a hole
 * @param offset where they begin in the plain chunk; 0 for a hole
 * @param length at least 1; a hole may be of any length
 */
public record Extent(ChunkId chunk, int offset, long length) {

    /** No chunk has more plain bytes. */
    public static final int MAX_CHUNK = 4 << 20;

    public Extent {
        boolean fits = chunk == null
                ? offset == 0 && length > 0
                : offset >= 0 && length > 0 && length <= MAX_CHUNK && offset + length <= MAX_CHUNK;
        if (!fits) {
            throw new IllegalArgumentException("an extent lies within a chunk of at most 4 MiB or is a hole from 0; not offset "
                    + offset + ", length " + length + (chunk == null ? " of a hole" : ""));
        }
    }

    public static Extent hole(long length) {
        return new Extent(null, 0, length);
    }

    public boolean isHole() {
        return chunk == null;
    }
}
