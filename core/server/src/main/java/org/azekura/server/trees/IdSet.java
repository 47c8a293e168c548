package org.azekura.server.trees;

import org.azekura.api.ChunkId;

/**
 * Ids of which there may be millions: an open hash table of the first halves of ids, at most two thirds full, 16 bytes a slot. An id that was
 * never added counts as added once in 2^128 times only, unless somebody has two with the same half: and that takes 2^64 tries. Not thread-safe.
 */
public final class IdSet {

    private long[] slots = new long[2 << 10];
    private int used;
    /** No slot can hold zeros. */
    private boolean zero;

    /** @return false if it was there already */
    public boolean add(ChunkId id) {
        return add(id.a(), id.b());
    }

    private boolean add(long a, long b) {
        if (a == 0 && b == 0) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        if (3L * used >= slots.length) {
            grow();
        }
        int at = slot(a, b);
        if (slots[at] != 0 || slots[at + 1] != 0) {
            return false;
        }
        slots[at] = a;
        slots[at + 1] = b;
        used++;
        return true;
    }

    public boolean contains(ChunkId id) {
        if (id.a() == 0 && id.b() == 0) {
            return zero;
        }
        int at = slot(id.a(), id.b());
        return slots[at] != 0 || slots[at + 1] != 0;
    }

    public int size() {
        return used + (zero ? 1 : 0);
    }

    /** Where it is, or the empty slot where it belongs. */
    private int slot(long a, long b) {
        int mask = slots.length - 1;
        long hash = (a ^ b * 0xff51_afd7_ed55_8ccdL) * 0xc4ce_b9fe_1a85_ec53L;
        int at = (int) (hash >>> 32) << 1 & mask;
        while ((slots[at] != 0 || slots[at + 1] != 0) && (slots[at] != a || slots[at + 1] != b)) {
            at = at + 2 & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[Math.multiplyExact(2, old.length)];
        used = 0;
        for (int at = 0; at < old.length; at += 2) {
            if (old[at] != 0 || old[at + 1] != 0) {
                add(old[at], old[at + 1]);
            }
        }
    }
}
