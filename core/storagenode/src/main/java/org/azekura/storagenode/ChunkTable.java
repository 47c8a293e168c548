package org.azekura.storagenode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.azekura.api.ChunkId;

/**
 * Chunk id to places, by open addressing in plain arrays: 48 bytes a slot, from seven to eight and a half of ten slots taken, so 56 to
 * 69 bytes a chunk. Ids are uniformly distributed, so they are their own hash; the table's owner distributes by other bits than the
 * ones used here. A chunk's slot has its best place, a sound one if there is any; the few chunks that lie in more than one pack have their
 * other places in a map beside. Thread-safe.
 */
final class ChunkTable {

    private static final int SLOT = 4;
    /** What a slot of {@link #places} consists of. PACK is the pack's number + 1; 0: the slot is free. */
    private static final int PACK = 0;
    private static final int OFFSET = 1;
    private static final int LENGTH = 2;
    private static final int SESSION = 3;

    /**
     * Where a chunk lies.
     *
     * @param pack    number of the pack
     * @param session number within the pack
     * @param damaged whether it was found unreadable there
     */
    record Place(int pack, int offset, int length, int session, boolean damaged) {

        Place damaged(boolean now) {
            return new Place(pack, offset, length, session, now);
        }
    }

    private long[] ids = new long[16 * SLOT];
    private int[] places = new int[16 * SLOT];
    /** By slot number. */
    private BitSet damaged = new BitSet();
    private final Map<ChunkId, List<Place>> others = new HashMap<>();
    private int size;

    /** The best place; null if there is none. */
    synchronized Place get(ChunkId id) {
        int slot = slot(id);
        return isFree(slot) ? null : place(slot);
    }

    /** Every place, the best first. */
    synchronized List<Place> all(ChunkId id) {
        int slot = slot(id);
        if (isFree(slot)) {
            return List.of();
        }
        List<Place> all = new ArrayList<>();
        all.add(place(slot));
        all.addAll(others.getOrDefault(id, List.of()));
        all.sort(Comparator.comparing(Place::damaged));
        return all;
    }

    /** Enters a place of the chunk; one in a pack that it has a place in already is left out. */
    synchronized void put(ChunkId id, Place place) {
        int slot = slot(id);
        if (isFree(slot)) {
            if ((size + 1) * 20L > ids.length / SLOT * 17L) {
                grow();
                slot = slot(id);
            }
            size++;
            write(slot, id, place);
        } else if (all(id).stream().noneMatch(there -> there.pack == place.pack)) {
            others.computeIfAbsent(id, chunk -> new ArrayList<>(1)).add(place);
            putBestFirst(slot, id);
        }
    }

    /** Marks the chunk's place in this pack, if it has one. */
    synchronized void damaged(ChunkId id, int pack) {
        int slot = slot(id);
        if (isFree(slot)) {
            return;
        }
        if (isIn(slot, pack)) {
            damaged.set(slot / SLOT);
        }
        List<Place> more = others.get(id);
        if (more != null) {
            more.replaceAll(place -> place.pack == pack ? place.damaged(true) : place);
            putBestFirst(slot, id);
        }
    }

    /** Takes back every mark of this pack; looks at all there are. */
    synchronized void sound(int pack) {
        for (int slot = 0; slot < ids.length; slot += SLOT) {
            if (isIn(slot, pack)) {
                damaged.clear(slot / SLOT);
            }
        }
        others.forEach((id, more) -> {
            more.replaceAll(place -> place.pack == pack ? place.damaged(false) : place);
            putBestFirst(slot(id), id);
        });
    }

    /** Names the chunks that lie in this pack; looks at all there are. */
    synchronized void chunksOf(int pack, Consumer<ChunkId> each) {
        eachIn(pack, place -> true, each);
    }

    /** Names the chunks that were found unreadable in this pack; looks at all there are. */
    synchronized void damagedOf(int pack, Consumer<ChunkId> each) {
        eachIn(pack, Place::damaged, each);
    }

    private void eachIn(int pack, Predicate<Place> wanted, Consumer<ChunkId> each) {
        for (int slot = 0; slot < ids.length; slot += SLOT) {
            if (isIn(slot, pack) && wanted.test(place(slot))) {
                each.accept(id(slot));
            }
        }
        others.forEach((id, more) -> {
            if (more.stream().anyMatch(place -> place.pack == pack && wanted.test(place))) {
                each.accept(id);
            }
        });
    }

    synchronized int size() {
        return size;
    }

    private void putBestFirst(int slot, ChunkId id) {
        if (!isDamaged(slot)) {
            return;
        }
        List<Place> more = others.getOrDefault(id, List.of());
        for (Iterator<Place> each = more.iterator(); each.hasNext();) {
            Place sound = each.next();
            if (!sound.damaged) {
                each.remove();
                more.add(place(slot));
                write(slot, id, sound);
                return;
            }
        }
    }

    private int slot(ChunkId id) {
        // The upper half of b as a fraction of the table: no division, any number of slots.
        int slot = (int) ((id.b() >>> 32) * (ids.length / SLOT) >>> 32) * SLOT;
        while (!isFree(slot)
                && (ids[slot] != id.a() || ids[slot + 1] != id.b() || ids[slot + 2] != id.c() || ids[slot + 3] != id.d())) {
            slot = slot + SLOT == ids.length ? 0 : slot + SLOT;
        }
        return slot;
    }

    private boolean isFree(int slot) {
        return places[slot + PACK] == 0;
    }

    private boolean isIn(int slot, int pack) {
        return places[slot + PACK] == pack + 1;
    }

    private boolean isDamaged(int slot) {
        return damaged.get(slot / SLOT);
    }

    private ChunkId id(int slot) {
        return new ChunkId(ids[slot], ids[slot + 1], ids[slot + 2], ids[slot + 3]);
    }

    private Place place(int slot) {
        return new Place(places[slot + PACK] - 1, places[slot + OFFSET], places[slot + LENGTH], places[slot + SESSION], isDamaged(slot));
    }

    private void write(int slot, ChunkId id, Place place) {
        ids[slot] = id.a();
        ids[slot + 1] = id.b();
        ids[slot + 2] = id.c();
        ids[slot + 3] = id.d();
        places[slot + PACK] = place.pack + 1;
        places[slot + OFFSET] = place.offset;
        places[slot + LENGTH] = place.length;
        places[slot + SESSION] = place.session;
        damaged.set(slot / SLOT, place.damaged);
    }

    private void grow() {
        long[] oldIds = ids;
        int[] oldPlaces = places;
        BitSet oldDamaged = damaged;
        ids = new long[oldIds.length / SLOT * 6 / 5 * SLOT];
        places = new int[ids.length];
        damaged = new BitSet();
        for (int old = 0; old < oldIds.length; old += SLOT) {
            if (oldPlaces[old + PACK] != 0) {
                int slot = slot(new ChunkId(oldIds[old], oldIds[old + 1], oldIds[old + 2], oldIds[old + 3]));
                System.arraycopy(oldIds, old, ids, slot, SLOT);
                System.arraycopy(oldPlaces, old, places, slot, SLOT);
                damaged.set(slot / SLOT, oldDamaged.get(old / SLOT));
            }
        }
    }
}
