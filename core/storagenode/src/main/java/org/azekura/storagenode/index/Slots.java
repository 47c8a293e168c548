package org.azekura.storagenode.index;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.azekura.api.ChunkId;

/**
 * The slots of a table, each free or with one place of a chunk. One is taken by the last write into it and freed by the first, so whoever is
 * killed in between leaves it free. Not thread-safe.
 *
 * @param bytes of the whole file
 */
record Slots(MemorySegment bytes, int count) {

    static final int SLOT = 46;
    /** A count that has come here stays: what is referred to as often is not worth an exact one. */
    static final int MANY = 0xffff;
    static final int HEADER = 64;

    /** Within a slot: the pack's number + 1, 0 if the slot is free, and a flag; the rest of the place; the key; the count of references. */
    private static final int PLACE = 4;
    private static final int KEY = 12;
    private static final int COUNT = 44;
    private static final int DAMAGED = 1 << 31;
    private static final int NUMBER = (1 << 30) - 1;

    static long fileBytes(int count) {
        return HEADER + Integer.toUnsignedLong(count) * SLOT;
    }

    private static long at(int slot) {
        return HEADER + (long) slot * SLOT;
    }

    private int word(int slot) {
        return Bits.getInt(bytes, at(slot));
    }

    private void word(int slot, int word) {
        Bits.putInt(bytes, at(slot), word);
    }

    /** Whatever its flag says. */
    boolean isFree(int slot) {
        return (word(slot) & NUMBER) == 0;
    }

    int pack(int slot) {
        return (word(slot) & NUMBER) - 1;
    }

    boolean isDamaged(int slot) {
        return (word(slot) & DAMAGED) != 0;
    }

    /** How many live pages refer to the chunk and are noted at this place; up to {@link #MANY}. */
    int references(int slot) {
        return Bits.getShort(bytes, at(slot) + COUNT);
    }

    void references(int slot, int now) {
        Bits.putShort(bytes, at(slot) + COUNT, now);
    }

    void damaged(int slot, boolean now) {
        word(slot, now ? word(slot) | DAMAGED : word(slot) & ~DAMAGED);
    }

    Place place(int slot) {
        return Place.of(pack(slot), bits(slot), isDamaged(slot), references(slot));
    }

    /** See {@link Place#bits}. */
    long bits(int slot) {
        return Bits.getLong(bytes, at(slot) + PLACE);
    }

    ChunkId key(int slot) {
        long at = at(slot) + KEY;
        return new ChunkId(Bits.getLong(bytes, at), Bits.getLong(bytes, at + 8), Bits.getLong(bytes, at + 16), Bits.getLong(bytes, at + 24));
    }

    boolean isOf(int slot, ChunkId key) {
        long at = at(slot) + KEY;
        return Bits.getLong(bytes, at + 8) == key.b() && Bits.getLong(bytes, at) == key.a() && Bits.getLong(bytes, at + 16) == key.c()
                && Bits.getLong(bytes, at + 24) == key.d();
    }

    void take(int slot, ChunkId key, Place place) {
        long at = at(slot);
        Bits.putLong(bytes, at + PLACE, place.bits());
        Bits.putLong(bytes, at + KEY, key.a());
        Bits.putLong(bytes, at + KEY + 8, key.b());
        Bits.putLong(bytes, at + KEY + 16, key.c());
        Bits.putLong(bytes, at + KEY + 24, key.d());
        references(slot, place.references());
        VarHandle.storeStoreFence();
        word(slot, place.pack() + 1 | (place.damaged() ? DAMAGED : 0));
    }

    void free(int slot) {
        word(slot, 0);
    }

    /** To a free slot; is in both then. */
    void copy(int from, int to) {
        VarHandle.storeStoreFence();
        MemorySegment.copy(bytes, at(from) + PLACE, bytes, at(to) + PLACE, SLOT - PLACE);
        VarHandle.storeStoreFence();
        word(to, word(from));
    }

    /** Where a key belongs: the upper half of its second part as a fraction of the table. No division, any number of slots. */
    int home(ChunkId key) {
        return home(key.b());
    }

    int home(int slot) {
        return home(Bits.getLong(bytes, at(slot) + KEY + 8));
    }

    private int home(long b) {
        return (int) ((b >>> 32) * count >>> 32);
    }

    int next(int slot) {
        return slot + 1 == count ? 0 : slot + 1;
    }
}
