package org.azekura.storagenode;

import java.util.function.Consumer;
import org.azekura.api.ChunkId;

/**
 * Chunk id to place, by open addressing in plain arrays: 48 bytes a slot, from seven to eight and a half of ten slots taken, so 56 to
 * 69 bytes a chunk. Ids are uniformly distributed, so they are their own hash; the table's owner distributes by other bits than the
 * ones used here. Thread-safe.
 */
final class ChunkTable {

    private static final int SLOT = 4;

    /**
     * Where a chunk lies.
     *
     * @param pack    number of the pack
     * @param session number within the pack
     * @param damaged whether it was found unreadable there
     */
    record Place(int pack, int offset, int length, int session, boolean damaged) {}

    private long[] ids = new long[16 * SLOT];
    /** Pack number + 1 (0: free), offset, length (negative: damaged), session. */
    private int[] places = new int[16 * SLOT];
    private int size;

    /** Null if it is not there. */
    synchronized Place get(ChunkId id) {
        int slot = slot(id);
        return places[slot] == 0 ? null : place(slot);
    }

    /** Enters a chunk that is not there or is damaged where it was; a sound one stays where it is. */
    synchronized void put(ChunkId id, Place place) {
        if ((size + 1) * 20L > ids.length / SLOT * 17L) {
            grow();
        }
        int slot = slot(id);
        if (places[slot] == 0) {
            size++;
        } else if (places[slot + 2] >= 0) {
            return;
        }
        write(slot, id, place);
    }

    /** Marks the chunk if it lies in this pack. */
    synchronized void damaged(ChunkId id, int pack) {
        int slot = slot(id);
        if (places[slot] == pack + 1 && places[slot + 2] > 0) {
            places[slot + 2] = -places[slot + 2];
        }
    }

    /** Takes back every mark of this pack; looks at all there are. */
    synchronized void sound(int pack) {
        for (int slot = 0; slot < ids.length; slot += SLOT) {
            if (places[slot] == pack + 1) {
                places[slot + 2] = Math.abs(places[slot + 2]);
            }
        }
    }

    /** Names the chunks that lie in this pack; looks at all there are. */
    synchronized void chunksOf(int pack, Consumer<ChunkId> each) {
        for (int slot = 0; slot < ids.length; slot += SLOT) {
            if (places[slot] == pack + 1) {
                each.accept(id(slot));
            }
        }
    }

    synchronized int size() {
        return size;
    }

    private int slot(ChunkId id) {
        // The upper half of b as a fraction of the table: no division, any number of slots.
        int slot = (int) ((id.b() >>> 32) * (ids.length / SLOT) >>> 32) * SLOT;
        while (places[slot] != 0
                && (ids[slot] != id.a() || ids[slot + 1] != id.b() || ids[slot + 2] != id.c() || ids[slot + 3] != id.d())) {
            slot = slot + SLOT == ids.length ? 0 : slot + SLOT;
        }
        return slot;
    }

    private ChunkId id(int slot) {
        return new ChunkId(ids[slot], ids[slot + 1], ids[slot + 2], ids[slot + 3]);
    }

    private Place place(int slot) {
        int length = places[slot + 2];
        return new Place(places[slot] - 1, places[slot + 1], Math.abs(length), places[slot + 3], length < 0);
    }

    private void write(int slot, ChunkId id, Place place) {
        ids[slot] = id.a();
        ids[slot + 1] = id.b();
        ids[slot + 2] = id.c();
        ids[slot + 3] = id.d();
        places[slot] = place.pack + 1;
        places[slot + 1] = place.offset;
        places[slot + 2] = place.damaged ? -place.length : place.length;
        places[slot + 3] = place.session;
    }

    private void grow() {
        long[] oldIds = ids;
        int[] oldPlaces = places;
        ids = new long[oldIds.length / SLOT * 6 / 5 * SLOT];
        places = new int[ids.length];
        for (int old = 0; old < oldIds.length; old += SLOT) {
            if (oldPlaces[old] != 0) {
                int slot = slot(new ChunkId(oldIds[old], oldIds[old + 1], oldIds[old + 2], oldIds[old + 3]));
                System.arraycopy(oldIds, old, ids, slot, SLOT);
                System.arraycopy(oldPlaces, old, places, slot, SLOT);
            }
        }
    }
}
