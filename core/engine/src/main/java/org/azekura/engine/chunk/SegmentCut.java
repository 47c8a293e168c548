package org.azekura.engine.chunk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Decides where segments of coalesced small files end: behind a file whose own content says so, together with the pool's key:
 * lengths of segments do not tell known files. So the same files in the same order give the same segments, and a new or changed file moves
 * only the ends near it. One thread at a time.
 *
 * <p>Below {@value #MIN} bytes no segment ends. Above, a file of n bytes ends it with probability n / {@value #MEAN}, so the rest is
 * {@value #MEAN} bytes long on average, however large the files are. At {@value #MAX} bytes or {@value #MAX_FILES} files it ends anyway.
 */
public final class SegmentCut {

    static final int MIN = 512 << 10;
    static final int MEAN = 512 << 10;
    /** A segment ends at the file that makes it so long or longer. */
    public static final int MAX = 2 << 20;
    static final int MAX_FILES = 4096;

    private final Keyed key;
    private long bytes;
    private int files;

    /** @throws IllegalArgumentException if the key has not {@value ChunkNamer#KEY_BYTES} bytes */
    public SegmentCut(byte[] idKey) {
        ChunkNamer.checkKey(idKey);
        key = new Keyed(Hkdf.derive(idKey, "azekura segment".getBytes(US_ASCII), ChunkNamer.KEY_BYTES));
    }

    /**
     * Takes the next file of the segment.
     *
     * @return true if the segment ends behind this file; the next call then begins a new one
     */
    public boolean endsAfter(byte[] content, int from, int length) {
        bytes += length;
        files++;
        boolean ends = bytes >= MAX || files >= MAX_FILES || bytes >= MIN && drawn(content, from, length);
        if (ends) {
            reset();
        }
        return ends;
    }

    /** The checksum is what all of the content costs; only it goes through the keyed hash. */
    private boolean drawn(byte[] content, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, from, length);
        byte[] keyed = key.mac().doFinal(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
        return Integer.toUnsignedLong(ByteBuffer.wrap(keyed).getInt()) * MEAN < (long) length << Integer.SIZE;
    }

    /** Begins a new segment. */
    public void reset() {
        bytes = 0;
        files = 0;
    }
}
