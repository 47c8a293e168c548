package org.azekura.storagenode.index;

import java.io.IOException;
import java.lang.foreign.Arena;
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
 * Chunk keys to places, by open addressing in a file: {@value Slots#SLOT} bytes a slot, from 73 to 85 of a hundred slots taken. Every
 * place of a chunk has a slot of its own, the best one first, which is sound if any is. Keys are uniformly distributed, so they are
 * their own hash; the tables' owner distributes by other bits than the ones used here.
 *
 * <p>A process may be killed between any two writes. A slot is taken by the last write into it and freed by the first, so entering a place
 * needs no more. What moves slots may leave one twice; the header says while that goes on, and whoever opens such a table copies it.
 * Not thread-safe.
 */
final class ChunkTable implements AutoCloseable {

    private static final long MAGIC = 0x415a_454b_4354_0000L; // "AZEKCT" and version 0
    private static final int GENERATION_AT = 8;
    private static final int NUMBER_AT = 16;
    private static final int SLOTS_AT = 20;
    private static final int CHECKSUM_AT = 24;
    private static final int SIZE_AT = 28;
    static final int MOVING_AT = 32;

    private final MappedFile file;
    private final MemorySegment bytes;
    private final Slots slots;
    private LiveTally tally = new LiveTally();
    /** Which packs are of one trust group. */
    private SameGroup groups = (one, other) -> true;
    /** Whether the tally has what is counted here: after the first {@link #clearReferences}. Counts of an earlier process mean nothing. */
    private boolean tallied;

    /** Whether two packs are there, and of one trust group. */
    @FunctionalInterface
    interface SameGroup {
        boolean test(int one, int other);
    }

    private ChunkTable(MappedFile file) {
        this.file = file;
        this.bytes = file.bytes();
        this.slots = new Slots(bytes, Bits.getInt(bytes, SLOTS_AT));
    }

    static ChunkTable create(Path path, long generation, int number, int slots, Arena together) throws IOException {
        MappedFile file = MappedFile.create(path, Slots.fileBytes(slots), together);
        MemorySegment bytes = file.bytes();
        Bits.putLong(bytes, 0, MAGIC);
        Bits.putLong(bytes, GENERATION_AT, generation);
        Bits.putInt(bytes, NUMBER_AT, number);
        Bits.putInt(bytes, SLOTS_AT, slots);
        Bits.putInt(bytes, CHECKSUM_AT, Bits.checksum(bytes, 0, CHECKSUM_AT));
        return new ChunkTable(file);
    }

    /** @throws IOException also if this is no such table */
    static ChunkTable open(Path path, long generation, int number, Arena together) throws IOException {
        MappedFile file = MappedFile.open(path, together);
        MemorySegment bytes = file.bytes();
        if (file.size() < Slots.HEADER || Bits.getLong(bytes, 0) != MAGIC || Bits.checksum(bytes, 0, CHECKSUM_AT) != Bits.getInt(bytes, CHECKSUM_AT)
                || Bits.getLong(bytes, GENERATION_AT) != generation || Bits.getInt(bytes, NUMBER_AT) != number
                || file.size() != Slots.fileBytes(Bits.getInt(bytes, SLOTS_AT))
                || Integer.compareUnsigned(Bits.getInt(bytes, SIZE_AT), Bits.getInt(bytes, SLOTS_AT)) >= 0) {
            file.close();
            throw new IOException(path + " is not a table of this index");
        }
        ChunkTable table = new ChunkTable(file);
        if (Bits.getInt(bytes, MOVING_AT) == 0) {
            return table;
        }
        try {
            return table.copied(table.slots.count());
        } catch (IOException e) {
            table.close();
            throw e;
        }
    }

    /** Has what is counted here added to this tally. */
    void tally(LiveTally with, SameGroup sameGroup) {
        tally = with;
        groups = sameGroup;
    }

    /** Whether one more place should go to a larger table. */
    boolean full() {
        return (size() + 1) * 20L > slots.count() * 17L;
    }

    /** A larger table in this one's place, which is closed; if that fails, everything is as before. */
    ChunkTable grown() throws IOException {
        return copied(Math.addExact(slots.count(), slots.count() / 6));
    }

    private ChunkTable copied(int wanted) throws IOException {
        Path beside = file.file().resolveSibling(file.file().getFileName() + ".new");
        ChunkTable copy = create(beside, Bits.getLong(bytes, GENERATION_AT), Bits.getInt(bytes, NUMBER_AT), wanted,
                file.together());
        copy.tally(tally, groups);
        copy.tallied = tallied;
        try {
            for (int slot = 0; slot < slots.count(); slot++) {
                if (!slots.isFree(slot)) {
                    copy.put(slots.key(slot), slots.place(slot));
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
        return slot < 0 ? null : slots.place(slot);
    }

    /** Every place in one of these packs, the best first. */
    List<Place> all(ChunkId key, IntPredicate packs) {
        List<Place> all = new ArrayList<>(1);
        for (int slot = slots.home(key); !slots.isFree(slot); slot = slots.next(slot)) {
            if (slots.isOf(slot, key) && packs.test(slots.pack(slot))) {
                all.add(slots.place(slot));
            }
        }
        if (all.size() > 1) {
            all.sort(Comparator.comparing(Place::damaged));
        }
        return all;
    }

    /** Enters a place of the chunk; one in a pack that it has a place in already is left out. Returns whether it was entered. */
    boolean put(ChunkId key, Place place) {
        boolean first = true;
        int slot = slots.home(key);
        for (; !slots.isFree(slot); slot = slots.next(slot)) {
            if (slots.isOf(slot, key)) {
                first = false;
                if (slots.pack(slot) == place.pack()) {
                    return false;
                }
            }
        }
        int size = size() + 1;
        if (size >= slots.count()) {
            throw new IllegalStateException(file.file() + " has no room for more than " + slots.count() + " places");
        }
        slots.take(slot, key, place);
        Bits.putInt(bytes, SIZE_AT, size);
        if (!first) {
            bestFirst(key);
        }
        return true;
    }

    /** Takes out the chunk's place in this pack, if it has one. */
    void remove(ChunkId key, int pack) {
        int slot = find(key, number -> number == pack);
        if (slot >= 0) {
            move(() -> takeOut(slot, number -> number == pack));
        }
    }

    /** Takes out every place in these packs; looks at all there are. */
    void remove(IntPredicate packs) {
        move(() -> {
            for (int slot = 0; slot < slots.count(); slot++) {
                while (!slots.isFree(slot) && packs.test(slots.pack(slot))) {
                    takeOut(slot, packs);
                }
            }
        });
    }

    /** Frees a slot; what refers to the chunk relies on its place in another pack then, which is not one of those that go. */
    private void takeOut(int slot, IntPredicate going) {
        int references = slots.references(slot);
        int pack = slots.pack(slot);
        ChunkId key = slots.key(slot);
        references(slot, 0);
        free(slot, size() - 1);
        if (references > 0) {
            int other = find(key, number -> !going.test(number) && groups.test(pack, number));
            if (other < 0) {
                tally.doubt();
            } else {
                references(other, Math.min(Slots.MANY, references + slots.references(other)));
            }
        }
    }

    /** Notes that the chunk's place in this pack cannot be read, if it has one. */
    void damaged(ChunkId key, int pack) {
        int slot = find(key, number -> number == pack);
        if (slot >= 0) {
            slots.damaged(slot, true);
            bestFirst(key);
        }
    }

    /** Takes back every note of damage in these packs; looks at all there are. */
    void sound(IntPredicate packs) {
        List<ChunkId> mended = new ArrayList<>();
        for (int slot = 0; slot < slots.count(); slot++) {
            if (!slots.isFree(slot) && slots.isDamaged(slot) && packs.test(slots.pack(slot))) {
                slots.damaged(slot, false);
                mended.add(slots.key(slot));
            }
        }
        mended.forEach(this::bestFirst);
    }

    /** One more refers to the chunk: to the place that has its references, else the best one, in one of these packs. Returns whether there is any. */
    boolean refer(ChunkId key, IntPredicate packs) {
        int referred = referred(key, packs);
        int slot = referred < 0 ? find(key, packs) : referred;
        if (slot >= 0) {
            references(slot, Math.min(Slots.MANY, slots.references(slot) + 1));
        }
        return slot >= 0;
    }

    /** One less refers to the chunk. Returns false if none did. */
    boolean release(ChunkId key, IntPredicate packs) {
        int slot = referred(key, packs);
        if (slot >= 0 && slots.references(slot) < Slots.MANY) {
            references(slot, slots.references(slot) - 1);
        }
        return slot >= 0;
    }

    /** The place that has the chunk's references; -1 if there are none. */
    private int referred(ChunkId key, IntPredicate packs) {
        for (int slot = slots.home(key); !slots.isFree(slot); slot = slots.next(slot)) {
            if (slots.references(slot) > 0 && slots.isOf(slot, key) && packs.test(slots.pack(slot))) {
                return slot;
            }
        }
        return -1;
    }

    private void references(int slot, int now) {
        boolean marked = slots.references(slot) > 0;
        slots.references(slot, now);
        if (tallied && marked != now > 0) {
            tally.add(slots.pack(slot), Place.length(slots.bits(slot)), marked ? -1 : 1);
        }
    }

    /** Nothing refers to anything from here on. */
    void clearReferences() {
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slots.references(slot) > 0 && !slots.isFree(slot)) {
                references(slot, 0);
            }
        }
        tallied = true;
    }

    /** Whether the tally has what is counted here. */
    boolean isTallied() {
        return tallied;
    }

    /** One slot of a pass over all. Numbers only, so that a pass makes no objects. */
    interface Slot {
        void is(int slot, int pack, long bits, boolean damaged, boolean marked);
    }

    /** Looks at every place. Nothing may change meanwhile. */
    void each(Slot visitor) {
        for (int slot = 0; slot < slots.count(); slot++) {
            if (!slots.isFree(slot)) {
                visitor.is(slot, slots.pack(slot), slots.bits(slot), slots.isDamaged(slot), slots.references(slot) > 0);
            }
        }
    }

    ChunkId key(int slot) {
        return slots.key(slot);
    }

    /** Puts damaged places behind the last one until the first is sound, if any is; and a mark on a damaged one on all that are sound, too. */
    private void bestFirst(ChunkId key) {
        for (int slot = first(key); slot >= 0 && slots.isDamaged(slot) && find(key, pack -> true) != slot; slot = first(key)) {
            if (size() + 1 >= slots.count()) {
                break;
            }
            int from = slot;
            move(() -> {
                int to = from;
                while (!slots.isFree(to)) {
                    to = slots.next(to);
                }
                slots.copy(from, to);
                free(from, size());
            });
        }
        if (all(key, pack -> true).stream().anyMatch(place -> place.damaged() && place.marked())) {
            tally.doubt();
            for (int slot = slots.home(key); !slots.isFree(slot); slot = slots.next(slot)) {
                if (slots.isOf(slot, key) && !slots.isDamaged(slot) && slots.references(slot) == 0
                        && groups.test(slots.pack(slot), slots.pack(slot))) {
                    references(slot, 1);
                }
            }
        }
    }

    /** The first slot of the key; -1 if there is none. */
    private int first(ChunkId key) {
        int slot = slots.home(key);
        while (!slots.isFree(slot) && !slots.isOf(slot, key)) {
            slot = slots.next(slot);
        }
        return slots.isFree(slot) ? -1 : slot;
    }

    /** The first slot of the key in one of these packs that is sound, or else the first; -1 if there is none. */
    private int find(ChunkId key, IntPredicate packs) {
        int damaged = -1;
        for (int slot = slots.home(key); !slots.isFree(slot); slot = slots.next(slot)) {
            if (slots.isOf(slot, key) && packs.test(slots.pack(slot))) {
                if (!slots.isDamaged(slot)) {
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
        for (int later = slots.next(gap); !slots.isFree(later); later = slots.next(later)) {
            int home = slots.home(later);
            boolean stays = gap < later ? gap < home && home <= later : gap < home || home <= later;
            if (!stays) {
                slots.free(gap);
                slots.copy(later, gap);
                gap = later;
            }
        }
        slots.free(gap);
        Bits.putInt(bytes, SIZE_AT, left);
    }

    void force() {
        file.force();
    }

    @Override
    public void close() {
        file.close();
    }
}
