package org.azekura.storagenode.index;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.azekura.api.ChunkId;

/**
 * Chunk keys to places, by open addressing in a file: {@value #SLOT} bytes a slot, from seven to eight and a half of ten slots taken. Every
 * place of a chunk has a slot of its own, the best one first, which is sound if any is. Keys are uniformly distributed, so they are
 * their own hash; the tables' owner distributes by other bits than the ones used here.
 *
 * <p>A process may be killed between any two writes. A slot is taken by the last write into it and freed by the first, so entering a place
 * needs no more. What moves slots may leave one twice; the header says while that goes on, and whoever opens such a table copies it.
 * Not thread-safe.
 */
final class ChunkTable implements AutoCloseable {

    static final int SLOT = 44;
    static final int HEADER = 64;

    private static final long MAGIC = 0x415a_454b_4354_0000L; // "AZEKCT" and version 0
    private static final int GENERATION_AT = 8;
    private static final int NUMBER_AT = 16;
    private static final int SLOTS_AT = 20;
    private static final int CHECKSUM_AT = 24;
    private static final int SIZE_AT = 28;
    static final int MOVING_AT = 32;
    /** Within a slot: the pack's number + 1, 0 if the slot is free, and two flags; the rest of the place; the key. */
    private static final int PACK = 0;
    private static final int PLACE = 4;
    private static final int KEY = 12;
    private static final int DAMAGED = 1 << 31;
    private static final int MARKED = 1 << 30;
    private static final int NUMBER = MARKED - 1;

    private final MappedFile file;
    private final MemorySegment bytes;
    private final int slots;

    private ChunkTable(MappedFile file) {
        this.file = file;
        this.bytes = file.bytes();
        this.slots = Bits.getInt(bytes, SLOTS_AT);
    }

    static ChunkTable create(Path path, long generation, int number, int slots) throws IOException {
        MappedFile file = MappedFile.create(path, HEADER + (long) slots * SLOT);
        MemorySegment bytes = file.bytes();
        Bits.putLong(bytes, 0, MAGIC);
        Bits.putLong(bytes, GENERATION_AT, generation);
        Bits.putInt(bytes, NUMBER_AT, number);
        Bits.putInt(bytes, SLOTS_AT, slots);
        Bits.putInt(bytes, CHECKSUM_AT, Bits.checksum(bytes, 0, CHECKSUM_AT));
        return new ChunkTable(file);
    }

    /** @throws IOException also if this is no such table */
    static ChunkTable open(Path path, long generation, int number) throws IOException {
        MappedFile file = MappedFile.open(path);
        MemorySegment bytes = file.bytes();
        if (file.size() < HEADER || Bits.getLong(bytes, 0) != MAGIC || Bits.checksum(bytes, 0, CHECKSUM_AT) != Bits.getInt(bytes, CHECKSUM_AT)
                || Bits.getLong(bytes, GENERATION_AT) != generation || Bits.getInt(bytes, NUMBER_AT) != number
                || file.size() != HEADER + Integer.toUnsignedLong(Bits.getInt(bytes, SLOTS_AT)) * SLOT
                || Integer.compareUnsigned(Bits.getInt(bytes, SIZE_AT), Bits.getInt(bytes, SLOTS_AT)) >= 0) {
            file.close();
            throw new IOException(path + " is not a table of this index");
        }
        ChunkTable table = new ChunkTable(file);
        return Bits.getInt(bytes, MOVING_AT) == 0 ? table : table.copied(table.slots);
    }

    /** Whether one more place should go to a larger table. */
    boolean full() {
        return (size() + 1) * 20L > slots * 17L;
    }

    /** A larger table in this one's place, which is closed; if that fails, everything is as before. */
    ChunkTable grown() throws IOException {
        return copied(Math.addExact(slots, slots / 5));
    }

    private ChunkTable copied(int wanted) throws IOException {
        Path beside = file.file().resolveSibling(file.file().getFileName() + ".new");
        ChunkTable copy = create(beside, Bits.getLong(bytes, GENERATION_AT), Bits.getInt(bytes, NUMBER_AT), wanted);
        try {
            for (int slot = 0; slot < slots; slot++) {
                if (!isFree(slot)) {
                    copy.put(key(slot), place(slot));
                }
            }
            copy.file.moveTo(file.file());
        } catch (IOException e) {
            copy.close();
            Files.deleteIfExists(beside);
            throw e;
        }
        close();
        return copy;
    }

    int size() {
        return Bits.getInt(bytes, SIZE_AT);
    }

    long fileBytes() {
        return file.size();
    }

    /** The best place in one of these packs; null if there is none. */
    Place get(ChunkId key, IntPredicate packs) {
        int slot = find(key, packs);
        return slot < 0 ? null : place(slot);
    }

    /** Every place in one of these packs, the best first. */
    List<Place> all(ChunkId key, IntPredicate packs) {
        List<Place> all = new ArrayList<>(1);
        for (int slot = home(key); !isFree(slot); slot = next(slot)) {
            if (isOf(slot, key) && packs.test(pack(slot))) {
                all.add(place(slot));
            }
        }
        if (all.size() > 1) {
            all.sort(Comparator.comparing(Place::damaged));
        }
        return all;
    }

    /** Enters a place of the chunk; one in a pack that it has a place in already is left out. Returns whether it was entered. */
    boolean put(ChunkId key, Place place) {
        int slot = home(key);
        for (; !isFree(slot); slot = next(slot)) {
            if (isOf(slot, key) && pack(slot) == place.pack()) {
                return false;
            }
        }
        int size = size() + 1;
        if (size >= slots) {
            throw new IllegalStateException(file.file() + " has no room for more than " + slots + " places");
        }
        Bits.putLong(bytes, at(slot) + PLACE, place.bits());
        Bits.putLong(bytes, at(slot) + KEY, key.a());
        Bits.putLong(bytes, at(slot) + KEY + 8, key.b());
        Bits.putLong(bytes, at(slot) + KEY + 16, key.c());
        Bits.putLong(bytes, at(slot) + KEY + 24, key.d());
        VarHandle.storeStoreFence();
        word(slot, place.pack() + 1 | (place.damaged() ? DAMAGED : 0) | (place.marked() ? MARKED : 0));
        Bits.putInt(bytes, SIZE_AT, size);
        bestFirst(key);
        return true;
    }

    /** Takes out the chunk's place in this pack, if it has one. */
    void remove(ChunkId key, int pack) {
        int slot = find(key, number -> number == pack);
        if (slot >= 0) {
            move(() -> free(slot, size() - 1));
        }
    }

    /** Takes out every place in these packs; looks at all there are. */
    void remove(IntPredicate packs) {
        move(() -> {
            for (int slot = 0; slot < slots; slot++) {
                while (!isFree(slot) && packs.test(pack(slot))) {
                    free(slot, size() - 1);
                }
            }
        });
    }

    /** Notes that the chunk's place in this pack cannot be read, if it has one. */
    void damaged(ChunkId key, int pack) {
        int slot = find(key, number -> number == pack);
        if (slot >= 0) {
            word(slot, word(slot) | DAMAGED);
            bestFirst(key);
        }
    }

    /** Takes back every note of damage in these packs; looks at all there are. */
    void sound(IntPredicate packs) {
        List<ChunkId> mended = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            if (!isFree(slot) && (word(slot) & DAMAGED) != 0 && packs.test(pack(slot))) {
                word(slot, word(slot) & ~DAMAGED);
                mended.add(key(slot));
            }
        }
        mended.forEach(this::bestFirst);
    }

    /** Marks the best place in one of these packs. Returns whether there is one. */
    boolean mark(ChunkId key, IntPredicate packs) {
        int slot = find(key, packs);
        if (slot >= 0) {
            word(slot, word(slot) | MARKED);
        }
        return slot >= 0;
    }

    void clearMarks() {
        for (int slot = 0; slot < slots; slot++) {
            if ((word(slot) & MARKED) != 0) {
                word(slot, word(slot) & ~MARKED);
            }
        }
    }

    /** One slot of a pass over all. Numbers only, so that a pass makes no objects. */
    interface Slot {
        void is(int slot, int pack, long bits, boolean damaged, boolean marked);
    }

    /** Looks at every place. Nothing may change meanwhile. */
    void each(Slot visitor) {
        for (int slot = 0; slot < slots; slot++) {
            int word = word(slot);
            if (word != 0) {
                visitor.is(slot, (word & NUMBER) - 1, Bits.getLong(bytes, at(slot) + PLACE), (word & DAMAGED) != 0, (word & MARKED) != 0);
            }
        }
    }

    ChunkId key(int slot) {
        long at = at(slot) + KEY;
        return new ChunkId(Bits.getLong(bytes, at), Bits.getLong(bytes, at + 8), Bits.getLong(bytes, at + 16), Bits.getLong(bytes, at + 24));
    }

    /** Puts damaged places behind the last one until the first is sound, if any is. If a mark was on one, it is also on the new first. */
    private void bestFirst(ChunkId key) {
        boolean marked = false;
        for (int slot = first(key); slot >= 0 && isDamaged(slot) && find(key, pack -> true) != slot && size() + 1 < slots; slot = first(key)) {
            marked |= (word(slot) & MARKED) != 0;
            int from = slot;
            move(() -> {
                int to = from;
                while (!isFree(to)) {
                    to = next(to);
                }
                copy(from, to);
                free(from, size());
            });
        }
        if (marked) {
            mark(key, pack -> true);
        }
    }

    /** The first slot of the key; -1 if there is none. */
    private int first(ChunkId key) {
        int slot = home(key);
        while (!isFree(slot) && !isOf(slot, key)) {
            slot = next(slot);
        }
        return isFree(slot) ? -1 : slot;
    }

    /** The first slot of the key in one of these packs that is sound, or else the first; -1 if there is none. */
    private int find(ChunkId key, IntPredicate packs) {
        int damaged = -1;
        for (int slot = home(key); !isFree(slot); slot = next(slot)) {
            if (isOf(slot, key) && packs.test(pack(slot))) {
                if (!isDamaged(slot)) {
                    return slot;
                }
                damaged = damaged < 0 ? slot : damaged;
            }
        }
        return damaged;
    }

    private void move(Runnable moving) {
        Bits.putInt(bytes, MOVING_AT, 1);
        VarHandle.storeStoreFence();
        moving.run();
        VarHandle.storeStoreFence();
        Bits.putInt(bytes, MOVING_AT, 0);
    }

    /** Frees a slot, and closes the gap with those behind that belong before it. */
    private void free(int slot, int left) {
        int gap = slot;
        for (int later = next(gap); !isFree(later); later = next(later)) {
            int home = home(later);
            boolean stays = gap < later ? gap < home && home <= later : gap < home || home <= later;
            if (!stays) {
                word(gap, 0);
                copy(later, gap);
                gap = later;
            }
        }
        word(gap, 0);
        Bits.putInt(bytes, SIZE_AT, left);
    }

    private void copy(int from, int to) {
        VarHandle.storeStoreFence();
        MemorySegment.copy(bytes, at(from) + PLACE, bytes, at(to) + PLACE, SLOT - PLACE);
        VarHandle.storeStoreFence();
        word(to, word(from));
    }

    private static long at(int slot) {
        return HEADER + (long) slot * SLOT;
    }

    private int home(ChunkId key) {
        return home(key.b());
    }

    private int home(int slot) {
        return home(Bits.getLong(bytes, at(slot) + KEY + 8));
    }

    /** The upper half of the key's second part as a fraction of the table: no division, any number of slots. */
    private int home(long b) {
        return (int) ((b >>> 32) * slots >>> 32);
    }

    private int next(int slot) {
        return slot + 1 == slots ? 0 : slot + 1;
    }

    private int word(int slot) {
        return Bits.getInt(bytes, at(slot) + PACK);
    }

    private void word(int slot, int word) {
        Bits.putInt(bytes, at(slot) + PACK, word);
    }

    private boolean isFree(int slot) {
        return word(slot) == 0;
    }

    private boolean isDamaged(int slot) {
        return (word(slot) & DAMAGED) != 0;
    }

    private int pack(int slot) {
        return (word(slot) & NUMBER) - 1;
    }

    private boolean isOf(int slot, ChunkId key) {
        long at = at(slot) + KEY;
        return Bits.getLong(bytes, at + 8) == key.b() && Bits.getLong(bytes, at) == key.a() && Bits.getLong(bytes, at + 16) == key.c()
                && Bits.getLong(bytes, at + 24) == key.d();
    }

    private Place place(int slot) {
        int word = word(slot);
        return Place.of((word & NUMBER) - 1, Bits.getLong(bytes, at(slot) + PLACE), (word & DAMAGED) != 0, (word & MARKED) != 0);
    }

    void force() {
        file.force();
    }

    @Override
    public void close() {
        file.close();
    }
}
