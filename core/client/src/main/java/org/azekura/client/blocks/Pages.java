package org.azekura.client.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Goes through a map's items of one kind, one page in memory. One thread. */
final class Pages {

    private final FileChannel channel;
    private final byte[] id;
    private final byte kind;
    private final long end;
    private ByteBuffer page = ByteBuffer.allocate(0);
    private long next = MapForm.HEAD_BYTES;

    /** @param end where the last page ends */
    Pages(FileChannel channel, byte[] id, byte kind, long end) {
        this.channel = channel;
        this.id = id;
        this.kind = kind;
        this.end = end;
    }

    /** The bytes from the next item on, null behind the last. @throws IOException if the map is damaged */
    ByteBuffer item() throws IOException {
        while (!page.hasRemaining()) {
            if (next >= end) {
                return null;
            }
            page();
        }
        return page;
    }

    private void page() throws IOException {
        ByteBuffer head = read(channel, next, MapForm.PAGE_HEAD_BYTES);
        byte found = head.get();
        long bytes = (long) head.getInt() * MapForm.itemBytes(found);
        long length = MapForm.PAGE_HEAD_BYTES + bytes + MapForm.CHECK_BYTES;
        if (found != MapForm.HASHES && found != MapForm.EXTENTS || bytes <= 0 || bytes > MapForm.PAGE_ITEMS_BYTES || length > end - next) {
            throw new IOException("the page at " + next + " is of kind " + found + " with " + bytes + " bytes");
        }
        if (found == kind) {
            ByteBuffer all = read(channel, next, (int) length);
            all.position((int) length - MapForm.CHECK_BYTES);
            check(id, next, all);
            page = all.flip().position(MapForm.PAGE_HEAD_BYTES);
        }
        next += length;
    }

    /** Checks what ends at the position. */
    static void check(byte[] id, long offset, ByteBuffer bytes) throws IOException {
        byte[] expected = MapForm.check(id, offset, bytes, 0);
        int at = bytes.position();
        if (!Arrays.equals(expected, 0, expected.length, bytes.array(), at, at + MapForm.CHECK_BYTES)) {
            throw new IOException("what begins at " + offset + " is damaged");
        }
    }

    static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new IOException("ends at " + (at + bytes.position()));
            }
        }
        return bytes.flip();
    }
}
