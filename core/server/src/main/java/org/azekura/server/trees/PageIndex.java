package org.azekura.server.trees;

import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.azekura.api.ChunkId;

/**
 * Where each page lies: an open hash table of longs, because there is a page for every directory; 44 bytes a slot, at most two
 * thirds full. While somebody marks what is alive, 4 bytes more. Not thread-safe.
 */
final class PageIndex {

    /** Of a page that is not there. */
    static final long NONE = 0;

    private static final long DROPPED = -1;
    private static final int WIDTH = 5;
    /** Mark of a page that came while somebody marked; no number of a walk. */
    private static final int TOUCHED = -1;

    private final long seed = new SecureRandom().nextLong();
    private long[] slots = new long[WIDTH << 10];
    private int[] lengths = new int[1 << 10];
    /** By slot; null while nobody marks. 0: no mark; else the last walk that met the page, or {@link #TOUCHED}. */
    private int[] marks;
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
        touchSlot(slot);
    }

    /** From here on marks are kept; none is there. */
    void beginMarks() {
        marks = new int[lengths.length];
    }

    void endMarks() {
        marks = null;
    }

    /**
     * Marks a page.
     *
     * @param walk from 1; walks come one after the other
     * @return whether this walk meets it for the first time
     */
    boolean mark(ChunkId id, int walk) {
        int slot = slot(id);
        boolean first = marks[slot] != walk;
        marks[slot] = walk;
        return first;
    }

    /** Somebody relies on this page from now on. */
    void touch(ChunkId id) {
        touchSlot(slot(id));
    }

    private void touchSlot(int slot) {
        if (marks != null && marks[slot] == 0) {
            marks[slot] = TOUCHED;
        }
    }

    /** A page and where it lies. */
    record Placed(ChunkId id, long place, int length) {}

    /** Every page with a mark, or every one without, at these places. */
    void each(boolean marked, LongPredicate places, Consumer<Placed> use) {
        for (int slot = 0; slot < lengths.length; slot++) {
            int at = WIDTH * slot;
            if (slots[at + 4] > NONE && marks[slot] != 0 == marked && places.test(slots[at + 4])) {
                use.accept(new Placed(new ChunkId(slots[at], slots[at + 1], slots[at + 2], slots[at + 3]), slots[at + 4], lengths[slot]));
            }
        }
    }

    /** Forgets pages at these places. */
    void drop(LongPredicate places) {
        for (int at = 4; at < slots.length; at += WIDTH) {
            if (slots[at] > NONE && places.test(slots[at])) {
                slots[at] = DROPPED;
            }
        }
    }

    /** Forgets one page. */
    void drop(ChunkId id) {
        int at = WIDTH * slot(id) + 4;
        if (slots[at] != NONE) {
            slots[at] = DROPPED;
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
        int[] oldMarks = marks;
        slots = new long[Math.multiplyExact(2, old.length)];
        lengths = new int[2 * oldLengths.length];
        marks = oldMarks == null ? null : new int[lengths.length];
        used = 0;
        for (int slot = 0; slot < oldLengths.length; slot++) {
            int at = WIDTH * slot;
            if (old[at + 4] > NONE) {
                ChunkId id = new ChunkId(old[at], old[at + 1], old[at + 2], old[at + 3]);
                put(id, old[at + 4], oldLengths[slot]);
                if (oldMarks != null) {
                    marks[slot(id)] = oldMarks[slot];
                }
            }
        }
    }
}
