package org.azekura.storagenode.cartridge.note;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Names to the addresses of the records that say what became of them last, by open addressing, outside of the heap where there are many: some 12 bytes for
 * each. Read by any thread, changed by one at a time.
 */
final class NoteNames {

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
    private static final int ADDRESS_BITS = 40;
    private static final long ADDRESS = (1L << ADDRESS_BITS) - 1;
    /** That many are on the heap. */
    private static final int FEW = 1 << 10;

    /**
     * A slot is 0 while it is free; else an address, below bits of the hash that spare a look there. Behind the slots stands a filter, three bits of a word
     * for each name: who lists many cartridges asks for each blob all that follow, which say nothing of it, and a filter stays in the processor's cache.
     */
    private record Table(MemorySegment words, int count) {

        @SuppressWarnings("restricted")
        static Table of(int count) {
            int all = count + filters(count);
            if (count <= FEW) {
                return new Table(MemorySegment.ofArray(new long[all]), count);
            }
            // What Java frees by itself would count against the bound of its direct buffers, which is that of the heap.
            Arena memory = Arena.ofShared();
            return new Table(memory.allocate(ValueLayout.JAVA_LONG, all).reinterpret(Arena.ofAuto(), gone -> memory.close()), count);
        }

        private static int filters(int count) {
            return count / 8 + 1;
        }

        /** No division, any number of slots. */
        int home(long hash) {
            return (int) ((hash >>> 32) * count >>> 32);
        }

        private int filter(long hash) {
            return count + (int) ((hash >>> 32) * filters(count) >>> 32);
        }

        private static long bits(long hash) {
            return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12);
        }

        /** False only if there is none. */
        boolean mayHave(long hash) {
            return (get(filter(hash)) & bits(hash)) == bits(hash);
        }

        int next(int slot) {
            return slot + 1 == count ? 0 : slot + 1;
        }

        long get(int word) {
            return (long) WORD.getAcquire(words, (long) word * Long.BYTES);
        }

        private void set(int word, long value) {
            WORD.setRelease(words, (long) word * Long.BYTES, value);
        }

        void set(int slot, long hash, long address) {
            set(slot, hash << ADDRESS_BITS | address);
            set(filter(hash), get(filter(hash)) | bits(hash));
        }
    }

    private volatile NoteBytes bytes;
    private volatile Table table;
    private volatile int size;

    /** @param expected about as many as there will be */
    NoteNames(NoteBytes bytes, long expected) {
        this.bytes = bytes;
        this.table = Table.of(Math.clamp(expected + expected / 3, 16, 1 << 30));
    }

    /** The records lie there, at the same addresses. */
    void in(NoteBytes same) {
        bytes = same;
    }

    /** How many there are. */
    int size() {
        return size;
    }

    /** Of the record that has the last word on this name; 0 if there is none. */
    long find(Name name) {
        Table now = table;
        return now.mayHave(name.hash()) ? now.get(slot(now, name)) & ADDRESS : 0;
    }

    /** Where it is, or would be. */
    private int slot(Table in, Name name) {
        int slot = in.home(name.hash());
        for (long found = in.get(slot); found != 0; found = in.get(slot)) {
            long address = found & ADDRESS;
            // Asked for behind the slot: what has that address is there by then.
            NoteBytes now = bytes;
            if (found >>> ADDRESS_BITS == name.hash() << ADDRESS_BITS >>> ADDRESS_BITS && name.isOf(now.in(address), now.offset(address))) {
                break;
            }
            slot = in.next(slot);
        }
        return slot;
    }

    /** This record has the last word from here on. */
    void put(Name name, long address) {
        if ((size + 1) * 4L > table.count * 3L) {
            grow();
        }
        Table now = table;
        int slot = slot(now, name);
        boolean fresh = now.get(slot) == 0;
        now.set(slot, name.hash(), address);
        if (fresh) {
            size++;
        }
    }

    /** Who looks meanwhile has the table before. */
    private void grow() {
        NoteBytes now = bytes;
        Table before = table;
        Table more = Table.of((int) Math.min(before.count * 2L, 1 << 30));
        for (int i = 0; i < before.count; i++) {
            long address = before.get(i) & ADDRESS;
            if (address != 0) {
                long hash = Name.of(now.in(address), now.offset(address)).hash();
                int slot = more.home(hash);
                while (more.get(slot) != 0) {
                    slot = more.next(slot);
                }
                more.set(slot, hash, address);
            }
        }
        table = more;
    }
}
