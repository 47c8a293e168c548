package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.engine.format.FormatVersion;

/**
 * Which chunks were found unreadable in a pack, as a small blob beside it. The package's documentation has the grammar.
 *
 * @param content whether some were found by their content: their checksums are right
 * @param chunks  in no order
 */
record DamageMark(PackId pack, boolean content, List<ChunkId> chunks) {

    /** As many as a pack has frames at most. */
    static final int MAX_CHUNKS = 1 << 20;
    private static final int VERSION = FormatVersion.FIRST;
    private static final long MAGIC = 0x415a_454b_444d_0000L | VERSION; // "AZEKDM" and the version
    private static final int HEAD_BYTES = Long.BYTES + PackId.BYTES + 2 * Integer.BYTES;
    private static final int FRAME_BYTES = HEAD_BYTES + Integer.BYTES;
    static final int MAX_BYTES = FRAME_BYTES + MAX_CHUNKS * ChunkId.BYTES;

    byte[] encoded() {
        ByteBuffer to = ByteBuffer.allocate(FRAME_BYTES + chunks.size() * ChunkId.BYTES);
        to.putLong(MAGIC);
        pack.write(to);
        to.putInt(content ? 1 : 0);
        to.putInt(chunks.size());
        chunks.forEach(chunk -> chunk.write(to));
        return to.putInt(checksum(to)).array();
    }

    /** @throws BackupException {@code mark.corrupt} if this is no mark of the pack, or of a version that is not known here */
    static DamageMark parse(PackId pack, ByteBuffer bytes) throws BackupException {
        int size = bytes.remaining();
        if (size < FRAME_BYTES || size > MAX_BYTES) {
            throw corrupt(pack, size + " bytes, expected " + FRAME_BYTES + " to " + MAX_BYTES);
        }
        ByteBuffer from = bytes.slice();
        long magic = from.getLong();
        if (magic != MAGIC && magic >>> Short.SIZE == MAGIC >>> Short.SIZE) {
            throw corrupt(pack, FormatVersion.message(magic & 0xffff, VERSION));
        }
        if (magic != MAGIC) {
            throw corrupt(pack, "begins with %016x, expected %016x".formatted(magic, MAGIC));
        }
        PackId found = PackId.read(from);
        int content = from.getInt();
        if ((content & ~1) != 0) {
            throw corrupt(pack, "found by %08x, expected 0 or 1".formatted(content));
        }
        int count = from.getInt();
        if (count < 1 || count > MAX_CHUNKS || size != FRAME_BYTES + count * ChunkId.BYTES) {
            throw corrupt(pack, Integer.toUnsignedString(count) + " chunks in " + size + " bytes");
        }
        List<ChunkId> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chunks.add(ChunkId.read(from));
        }
        int expected = checksum(from);
        int checksum = from.getInt();
        if (checksum != expected) {
            throw corrupt(pack, "checksum %08x, expected %08x".formatted(checksum, expected));
        }
        if (!found.equals(pack)) {
            throw corrupt(pack, "it is one of pack " + found);
        }
        return new DamageMark(pack, content == 1, chunks);
    }

    /** Of everything before the buffer's position. */
    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().flip());
        return (int) crc.getValue();
    }

    private static BackupException corrupt(PackId pack, String what) {
        return BackupException.corrupt("mark.corrupt", pack.toString(), "damage mark of pack " + pack + ": " + what);
    }
}
