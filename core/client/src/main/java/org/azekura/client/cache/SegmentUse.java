package org.azekura.client.cache;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.tree.Entry;

/**
 * How many bytes of each segment of small files a snapshot uses. A segment is named by the first 64 bits of its id, which are as
 * good as random. One thread.
 */
final class SegmentUse {

    static final int RECORD_BYTES = 8 + 4 + 8;

    private static final class Use {
        int size;
        long live;
    }

    private final Map<Long, Use> uses = new HashMap<>();

    /** The segment that this content is a slice of, 0 if it is none. */
    static long segment(Entry.Content content) {
        Extent slice = slice(content);
        return slice == null ? 0 : slice.chunk().a();
    }

    private static Extent slice(Entry.Content content) {
        boolean slice = content instanceof Entry.Content.Inline(List<Extent> extents, byte[] hash) && hash != null && extents.size() == 1;
        return slice ? ((Entry.Content.Inline) content).extents().getFirst() : null;
    }

    /** Where in its segment this content ends, 0 if it is in none. */
    static int end(Entry.Content content) {
        Extent slice = slice(content);
        return slice == null ? 0 : slice.offset() + (int) slice.length();
    }

    /** Counts a file. A segment is as long as its last slice reaches, and when it is new all of its slices are counted. */
    void add(Entry.Content content) {
        Extent slice = slice(content);
        if (slice != null) {
            add(slice.chunk().a(), end(content), slice.length());
        }
    }

    /** Counts a file of the parent snapshot, whose segment had this size there. */
    void add(long segment, int size, long live) {
        Use use = uses.computeIfAbsent(segment, s -> new Use());
        use.size = Math.max(use.size, size);
        use.live += live;
    }

    /** 0 if it is not known. */
    int size(long segment) {
        Use use = uses.get(segment);
        return use == null ? 0 : use.size;
    }

    /** Whether less than half of it is used: then it is worth while to send its files again. */
    boolean isSparse(long segment) {
        Use use = uses.get(segment);
        return use != null && 2 * use.live < use.size;
    }

    int count() {
        return uses.size();
    }

    byte[] encoded() {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(uses.size(), RECORD_BYTES));
        uses.forEach((segment, use) -> out.putLong(segment).putInt(use.size).putLong(use.live));
        return out.array();
    }
}
