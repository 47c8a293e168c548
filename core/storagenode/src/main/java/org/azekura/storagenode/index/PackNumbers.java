package org.azekura.storagenode.index;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.function.IntFunction;
import org.azekura.api.PackId;

/**
 * Pack ids to numbers, by open addressing in memory outside of the heap; a number's id is asked of the owner. Whoever makes up the ids on a
 * foreign volume does not know where they will lie. Not thread-safe.
 */
final class PackNumbers implements AutoCloseable {

    private static final long SEED = new SecureRandom().nextLong();

    private final IntFunction<PackId> ids;
    /** Null before the first growth; see {@link MappedFile}. */
    private Arena own;
    /** Number + 1; 0: free. A power of two of them, at most three of four taken. */
    private MemorySegment slots;
    private int mask = 63;
    private int size;

    /** {@code together}: a shared arena, closed after this. */
    PackNumbers(IntFunction<PackId> ids, Arena together) {
        this.ids = ids;
        this.slots = together.allocate(ValueLayout.JAVA_INT, 64);
    }

    /** -1 if there is none. */
    int get(PackId id) {
        return at(slot(id)) - 1;
    }

    /** The id must be new, and its number not yet have an id of its own. */
    void put(PackId id, int number) {
        if ((size + 1) * 4L > (mask + 1) * 3L) {
            grow();
        }
        set(slot(id), number + 1);
        size++;
    }

    /** The id's number must still have it. */
    void remove(PackId id) {
        int gap = slot(id);
        if (at(gap) == 0) {
            return;
        }
        size--;
        set(gap, 0);
        for (int later = gap + 1 & mask; at(later) != 0; later = later + 1 & mask) {
            int home = home(ids.apply(at(later) - 1));
            // Whether the way from its home to where it is leads over the gap.
            if ((later - home & mask) >= (later - gap & mask)) {
                set(gap, at(later));
                set(later, 0);
                gap = later;
            }
        }
    }

    private void grow() {
        Arena before = own;
        MemorySegment old = slots;
        int oldMask = mask;
        own = Arena.ofShared();
        mask = oldMask * 2 + 1;
        slots = own.allocate(ValueLayout.JAVA_INT, mask + 1L);
        for (int slot = 0; slot <= oldMask; slot++) {
            int taken = old.getAtIndex(ValueLayout.JAVA_INT, slot);
            if (taken != 0) {
                set(slot(ids.apply(taken - 1)), taken);
            }
        }
        if (before != null) {
            before.close();
        }
    }

    private int slot(PackId id) {
        int slot = home(id);
        while (at(slot) != 0 && !ids.apply(at(slot) - 1).equals(id)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private int home(PackId id) {
        long mixed = ((id.high() ^ SEED) * 0x9e3779b97f4a7c15L ^ id.low()) * 0xd6e8feb86659fd93L;
        return (int) (mixed >>> 33) & mask;
    }

    private int at(int slot) {
        return slots.getAtIndex(ValueLayout.JAVA_INT, slot);
    }

    private void set(int slot, int value) {
        slots.setAtIndex(ValueLayout.JAVA_INT, slot, value);
    }

    long memory() {
        return slots.byteSize();
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
