package org.azekura.api;

/**
 * Bounds of content-defined chunks in bytes; part of a pool and recorded in every snapshot.
 *
 * @param min     no chunk but a file's last is smaller; files smaller than this are coalesced
 * @param average what the cut condition aims at; a power of two
 * @param max     no chunk is larger
 */
public record ChunkSizes(int min, int average, int max) {

    /** 256 KiB, 1 MiB, 4 MiB. */
    public static final ChunkSizes DEFAULT = new ChunkSizes(256 << 10, 1 << 20, 4 << 20);

    public ChunkSizes {
        if (min < 64 || min >= average || average >= max || max > 4 << 20 || Integer.bitCount(average) != 1) {
            throw new IllegalArgumentException("chunk sizes must be 64 <= min < average < max <= 4 MiB, average a power of two; not "
                    + min + ", " + average + ", " + max);
        }
    }
}
