package org.azekura.client.blocks;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.tree.Entry;

/** Widths and rules of the package's grammar. */
final class MapForm {

    static final int MAGIC = 0x415a4230; // AZB0
    static final int ID_BYTES = 16;
    static final int HEAD_BYTES = 4 + 4 + ID_BYTES + BlockHash.KEY_BYTES;
    /** Of a file that is met for the first time: the page of most databases. */
    static final int BLOCK_BYTES = 8 << 10;
    /** Of a file that has changed: the block of most file systems, and the smaller pages. */
    static final int FINE_BLOCK_BYTES = 4 << 10;
    static final int PAGE_HEAD_BYTES = 1 + 4;
    static final int CHECK_BYTES = 8;
    static final int END_BYTES = 8 + 8 + 32 + CHECK_BYTES;
    static final byte HASHES = 1;
    static final byte EXTENTS = 2;
    static final int EXTENT_BYTES = ChunkId.BYTES + 4 + 8;
    /** No page has more. */
    static final int PAGE_ITEMS_BYTES = 64 << 10;

    private static final ChunkId HOLE = new ChunkId(0, 0, 0, 0);

    private MapForm() {}

    static int itemBytes(byte kind) {
        return kind == HASHES ? BlockHash.HASH_BYTES : EXTENT_BYTES;
    }

    static void write(Extent extent, ByteBuffer to) {
        (extent.isHole() ? HOLE : extent.chunk()).write(to);
        to.putInt(extent.offset()).putLong(extent.length());
    }

    /** @throws IllegalArgumentException if it makes no sense */
    static Extent read(ByteBuffer from) {
        ChunkId chunk = ChunkId.read(from);
        return new Extent(chunk.equals(HOLE) ? null : chunk, from.getInt(), from.getLong());
    }

    /** Names the content of a file by its extents, null if it is not that of a file. */
    static byte[] digest(Entry.Content content) {
        ByteBuffer bytes = switch (content) {
            case Entry.Content.Inline inline -> {
                ByteBuffer all = ByteBuffer.allocate(1 + inline.extents().size() * EXTENT_BYTES).put((byte) 1);
                inline.extents().forEach(extent -> write(extent, all));
                yield all;
            }
            case Entry.Content.Paged paged -> {
                ByteBuffer all = ByteBuffer.allocate(1 + ChunkId.BYTES + 8).put((byte) 2);
                paged.list().write(all);
                yield all.putLong(paged.extents());
            }
            case Entry.Content.None none -> null;
            case Entry.Content.Directory directory -> null;
        };
        return bytes == null ? null : Sha256.begin().digest(bytes.array());
    }

    /** Of the bytes from {@code from} to the position. */
    static byte[] check(byte[] id, long offset, ByteBuffer bytes, int from) {
        MessageDigest sha256 = Sha256.begin();
        sha256.update(id);
        sha256.update(ByteBuffer.allocate(8).putLong(0, offset));
        sha256.update(bytes.array(), from, bytes.position() - from);
        return Arrays.copyOf(sha256.digest(), CHECK_BYTES);
    }
}
