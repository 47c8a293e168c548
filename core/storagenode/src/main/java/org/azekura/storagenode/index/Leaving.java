package org.azekura.storagenode.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import org.azekura.api.BackupException;
import org.azekura.api.TrustGroup;

/** How packs leave the index: first nobody can rely on them any more, then their chunks go, table by table, then their numbers are free. */
final class Leaving {

    private final IndexFiles files;
    private final PackTable packs;
    private final Pins pins;
    private final IndexLock lock;

    Leaving(IndexFiles files, Pins pins, IndexLock lock) {
        this.files = files;
        this.packs = files.packs();
        this.pins = pins;
        this.lock = lock;
    }

    /** See {@link ChunkIndex#drop}. */
    ChunkIndex.Dropped drop(Collection<KnownPack> wanted) throws BackupException {
        BitSet needed = needed(wanted);
        ChunkIndex.Dropped result = new ChunkIndex.Dropped(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        BitSet leaving = new BitSet();
        lock.change(() -> {
            for (KnownPack pack : wanted) {
                if (!packs.has(pack)) {
                    result.dropped().add(pack);
                } else if (needed.get(pack.number())) {
                    result.needed().add(pack);
                } else if (!pins.letGo(pack.number())) {
                    result.pinned().add(pack);
                } else {
                    packs.leaving(pack.number());
                    leaving.set(pack.number());
                    result.dropped().add(pack);
                }
            }
        });
        takeOut(leaving);
        return result;
    }

    private BitSet needed(Collection<KnownPack> wanted) throws BackupException {
        BitSet going = lock.read(() -> numbers(wanted));
        Marked entered = new Marked(going.length());
        BitSet needed = new BitSet();
        lock.readEach(IndexFiles.TABLES, number -> {
            ChunkTable table = files.at(number);
            table.each((slot, pack, bits, damaged, marked) -> {
                if (going.get(pack)) {
                    entered.add(pack, bits, marked);
                    if (marked && !isElsewhere(table, slot, pack, going)) {
                        needed.set(pack);
                    }
                }
            });
        });
        lock.read(() -> {
            entered.compare(packs);
            going.stream().filter(pack -> !entered.whole(pack)).forEach(needed::set);
            return null;
        });
        return needed;
    }

    private BitSet numbers(Collection<KnownPack> of) {
        BitSet numbers = new BitSet();
        of.stream().filter(packs::has).forEach(pack -> numbers.set(pack.number()));
        return numbers;
    }

    private boolean isElsewhere(ChunkTable table, int slot, int pack, BitSet going) {
        TrustGroup group = packs.group(pack);
        return table.all(table.key(slot), other -> !going.get(other) && packs.isOf(other, group)).stream().anyMatch(place -> !place.damaged());
    }

    /** See {@link ChunkIndex#remove}. */
    void remove(Collection<KnownPack> gone) throws BackupException {
        takeOut(lock.write(() -> goes(numbers(gone))));
    }

    /** Takes out the packs of these numbers. */
    void remove(BitSet numbers) throws BackupException {
        takeOut(lock.write(() -> goes(numbers)));
    }

    /** See {@link ChunkIndex#retain}. */
    int retain(BitSet numbers) throws BackupException {
        BitSet leaving = lock.write(() -> {
            BitSet others = new BitSet();
            packs.each(others::set);
            others.andNot(numbers);
            return goes(others);
        });
        takeOut(leaving);
        return leaving.cardinality();
    }

    private BitSet goes(BitSet leaving) {
        leaving.stream().forEach(pack -> {
            packs.leaving(pack);
            pins.goes(pack);
        });
        return leaving;
    }

    private void takeOut(BitSet leaving) throws BackupException {
        if (!leaving.isEmpty()) {
            lock.changeEach(IndexFiles.TABLES, number -> files.at(number).remove(leaving::get));
            lock.change(() -> leaving.stream().forEach(pack -> {
                packs.left(pack);
                pins.left(pack);
            }));
        }
    }
}
