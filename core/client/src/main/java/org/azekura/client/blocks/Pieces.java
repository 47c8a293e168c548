package org.azekura.client.blocks;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Goes through the pieces of the file that a map is of. One thread. */
final class Pieces {

    private final Extents extents;
    private final Pages hashes;
    private final int blockBytes;
    private final byte[] hash = new byte[BlockHash.HASH_BYTES];
    private long start = -1;
    private long end;
    private boolean over;

    Pieces(Extents extents, Pages hashes, int blockBytes) throws IOException {
        this.extents = extents;
        this.hashes = hashes;
        this.blockBytes = blockBytes;
        over = !extents.next();
    }

    /** -1 before the first. */
    long start() {
        return start;
    }

    long end() {
        return end;
    }

    byte[] hash() {
        return hash;
    }

    /** Goes to the next. @return false if there is none */
    boolean next() throws IOException {
        start = end;
        while (!over && (extents.extent().isHole() || extents.end() <= start)) {
            if (extents.extent().isHole()) {
                start = extents.end();
            }
            over = !extents.next();
        }
        ByteBuffer item = over ? null : hashes.item();
        if (item == null) {
            over = true;
            return false;
        }
        item.get(hash);
        long border = (start / blockBytes + 1) * blockBytes;
        end = Math.min(border, extents.end());
        while (end < border && !over) {
            over = !extents.next();
            if (over || extents.extent().isHole()) {
                break;
            }
            end = Math.min(border, extents.end());
        }
        return true;
    }
}
