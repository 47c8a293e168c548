package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;

/**
 * What a pack ends with, without the SHA-256 behind it.
 *
 * @param checksum CRC-32C of the index
 */
record PackTrailer(long indexOffset, int indexLength, int checksum) {

    static final int HASH_BYTES = 32;
    static final int BYTES = 20 + HASH_BYTES;

    static final int MAGIC = 0x415a5400 | PackHeader.VERSION; // AZT and the version

    ByteBuffer encoded() {
        return ByteBuffer.allocate(BYTES - HASH_BYTES).putInt(MAGIC).putLong(indexOffset).putInt(indexLength).putInt(checksum).flip();
    }

    /** @param size of the whole pack, by which the index must lie exactly before the trailer */
    static PackTrailer parse(String pack, ByteBuffer from, long size) throws BackupException {
        int magic = from.getInt();
        if (magic != MAGIC) {
            throw PackReader.corrupt(pack, "trailer at %d: begins with %08x, expected %08x (AZT and the version)".formatted(size - BYTES, magic, MAGIC));
        }
        PackTrailer trailer = new PackTrailer(from.getLong(), from.getInt(), from.getInt());
        int length = trailer.indexLength;
        if (length < IndexTable.HEAD_BYTES || length > IndexTable.MAX_BYTES || trailer.indexOffset != size - BYTES - length) {
            throw PackReader.corrupt(pack, "trailer at %d: index of %s bytes at %s, expected %d to %d bytes that end there".formatted(size - BYTES,
                    Integer.toUnsignedString(length), Long.toUnsignedString(trailer.indexOffset), IndexTable.HEAD_BYTES, IndexTable.MAX_BYTES));
        }
        return trailer;
    }
}
