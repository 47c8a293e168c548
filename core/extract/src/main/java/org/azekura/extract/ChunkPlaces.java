package org.azekura.extract;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.ChunkId;

/**
 * Where each copy of each chunk lies: an open hash table of numbers, at most two thirds full, 28 bytes a slot. Of an id only the first half
 * is kept; whoever reads a frame sees its whole id. Not thread-safe while it is filled.
 */
final class ChunkPlaces {

    /** More copies of one chunk are of no use, and would make the table slow. */
    private static final int MAX_COPIES = 16;

    private long[] ids = new long[2 << 10];
    /** Pack (counted from 1; 0 is an empty slot), offset (read as unsigned), length. */
    private int[] places = new int[3 << 10];
    private int used;

    /** @param offset less than 4 GiB */
    record Place(int pack, long offset, int length) {}

    int size() {
        return used;
    }

    void add(ChunkId id, int pack, long offset, int length) {
        if (3L * used >= 2L * (ids.length / 2)) {
            grow();
        }
        put(id.a(), id.b(), pack + 1, (int) offset, length);
    }

    private void put(long a, long b, int pack, int offset, int length) {
        int mask = ids.length / 2 - 1;
        int copies = 0;
        int slot = slot(a, b);
        while (places[3 * slot] != 0) {
            if (ids[2 * slot] == a && ids[2 * slot + 1] == b && ++copies == MAX_COPIES) {
                return;
            }
            slot = slot + 1 & mask;
        }
        ids[2 * slot] = a;
        ids[2 * slot + 1] = b;
        places[3 * slot] = pack;
        places[3 * slot + 1] = offset;
        places[3 * slot + 2] = length;
        used++;
    }

    /** All copies, those of earlier packs first. */
    List<Place> find(ChunkId id) {
        List<Place> found = new ArrayList<>(1);
        int mask = ids.length / 2 - 1;
        for (int slot = slot(id.a(), id.b()); places[3 * slot] != 0; slot = slot + 1 & mask) {
            if (ids[2 * slot] == id.a() && ids[2 * slot + 1] == id.b()) {
                found.add(new Place(places[3 * slot] - 1, places[3 * slot + 1] & 0xffff_ffffL, places[3 * slot + 2]));
            }
        }
        found.sort((x, y) -> Integer.compare(x.pack, y.pack));
        return found;
    }

    /** Ids are uniformly distributed already. */
    private int slot(long a, long b) {
        return (int) (a ^ b >>> 32) & ids.length / 2 - 1;
    }

    private void grow() {
        long[] oldIds = ids;
        int[] old = places;
        ids = new long[Math.multiplyExact(2, oldIds.length)];
        places = new int[Math.multiplyExact(2, old.length)];
        used = 0;
        for (int slot = 0; slot < oldIds.length / 2; slot++) {
            if (old[3 * slot] != 0) {
                put(oldIds[2 * slot], oldIds[2 * slot + 1], old[3 * slot], old[3 * slot + 1], old[3 * slot + 2]);
            }
        }
    }
}
