package org.azekura.server.trees;

import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.azekura.api.ChunkId;

/**
 * Where each page lies: an open hash table of longs, because there is a page for every directory; 44 bytes a slot, at most two
 * thirds full; 6 more once somebody has counted what is alive. Not thread-safe.
 */
final class PageIndex {

    /** Of a page that is not there. */
    static final long NONE = 0;

    private static final long DROPPED = -1;
    private static final int WIDTH = 5;

    private final long seed = new SecureRandom().nextLong();
    private long[] slots = new long[WIDTH << 10];
    private int[] lengths = new int[1 << 10];
    private PageCounts counts = new PageCounts();
    /** Slots with a key, dropped ones among them. */
    private int used;

    /** A place as one number, larger the later it was written; never {@link #NONE}. */
    static long place(int file, long offset) {
        return (long) file << 32 | offset;
    }

    static int file(long place) {
        return (int) (place >>> 32);
    }

    static long offset(long place) {
        return place & 0xffff_ffffL;
    }

    long place(ChunkId id) {
        long place = slots[WIDTH * slot(id) + 4];
        return place == DROPPED ? NONE : place;
    }

    /** Of a page that is there. */
    int length(ChunkId id) {
        return lengths[slot(id)];
    }

    void put(ChunkId id, long place, int length) {
        if (3L * used >= 2L * lengths.length) {
            grow();
        }
        int slot = slot(id);
        int at = WIDTH * slot;
        used += slots[at + 4] == NONE ? 1 : 0;
        slots[at] = id.a();
        slots[at + 1] = id.b();
        slots[at + 2] = id.c();
        slots[at + 3] = id.d();
        slots[at + 4] = place;
        lengths[slot] = length;
        counts.touch(slot);
    }

    /** From here on pages that somebody relies on are noted; none is. */
    void beginMarks() {
        counts.begin(lengths.length);
    }

    void endMarks() {
        counts.end();
    }

    /**
     * One more live page or root refers to this page.
     *
     * @param who counts it, from 1
     * @return whether it is the first; also if the page is not there, which is not counted
     */
    boolean mark(ChunkId id, int who) {
        int slot = slot(id);
        return slots[WIDTH * slot + 4] <= NONE || counts.add(id, slot, who);
    }

    /** One less does. Returns whether it was the last. */
    boolean unmark(ChunkId id, int who) {
        return counts.remove(id, slot(id), who);
    }

    int count(ChunkId id, int who) {
        return counts.count(id, slot(id), who);
    }

    /** Somebody relies on this page from now on; if it is not there, then once it has come. */
    void touch(ChunkId id) {
        int slot = slot(id);
        if (slots[WIDTH * slot + 4] != NONE) {
            counts.touch(slot);
        }
    }

    PageCounts counts() {
        return counts;
    }

    /** A page and where it lies. */
    record Placed(ChunkId id, long place, int length) {}

    /** Every page with a mark, or every one without, at these places. */
    void each(boolean marked, LongPredicate places, Consumer<Placed> use) {
        for (int slot = 0; slot < lengths.length; slot++) {
            int at = WIDTH * slot;
            if (slots[at + 4] > NONE && places.test(slots[at + 4]) && counts.isMarked(id(at), slot) == marked) {
                use.accept(new Placed(id(at), slots[at + 4], lengths[slot]));
            }
        }
    }

    /** Forgets pages at these places. */
    void drop(LongPredicate places) {
        for (int slot = 0; slot < lengths.length; slot++) {
            if (slots[WIDTH * slot + 4] > NONE && places.test(slots[WIDTH * slot + 4])) {
                dropSlot(slot);
            }
        }
    }

    private void dropSlot(int slot) {
        counts.lost(id(WIDTH * slot), slot);
        slots[WIDTH * slot + 4] = DROPPED;
    }

    private ChunkId id(int at) {
        return new ChunkId(slots[at], slots[at + 1], slots[at + 2], slots[at + 3]);
    }

    /** Forgets one page. */
    void drop(ChunkId id) {
        int slot = slot(id);
        if (slots[WIDTH * slot + 4] != NONE) {
            dropSlot(slot);
        }
    }

    /** The id's own slot, else the empty one where it belongs. A client may choose its ids badly on purpose: hence the seed. */
    private int slot(ChunkId id) {
        int mask = lengths.length - 1;
        long hash = ((id.a() ^ seed) * 0xff51_afd7_ed55_8ccdL ^ id.b()) * 0xc4ce_b9fe_1a85_ec53L;
        hash = ((hash ^ hash >>> 32 ^ seed) + id.c()) * 0xff51_afd7_ed55_8ccdL + id.d();
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (slots[WIDTH * slot + 4] != NONE && !isAt(id, WIDTH * slot)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean isAt(ChunkId id, int at) {
        return slots[at] == id.a() && slots[at + 1] == id.b() && slots[at + 2] == id.c() && slots[at + 3] == id.d();
    }

    private void grow() {
        long[] old = slots;
        int[] oldLengths = lengths;
        PageCounts oldCounts = counts;
        slots = new long[Math.multiplyExact(2, old.length)];
        lengths = new int[2 * oldLengths.length];
        counts = oldCounts.grown(lengths.length);
        used = 0;
        for (int slot = 0; slot < oldLengths.length; slot++) {
            int at = WIDTH * slot;
            if (old[at + 4] > NONE) {
                ChunkId id = new ChunkId(old[at], old[at + 1], old[at + 2], old[at + 3]);
                put(id, old[at + 4], oldLengths[slot]);
                counts.take(oldCounts, slot, slot(id));
            }
        }
    }
}
