package org.azekura.storagenode.index;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.TrustGroup;

/**
 * How many live pages refer to each chunk, as whoever prunes tells it: a chunk with any is needed, at one place. Who prunes sees to it that nobody
 * else does. Counts outlive a prune, so the next need only tell what has changed; they never outlive the process, and whenever something
 * happens that they don't allow for (a needed chunk is found damaged, or is gone) they are {@linkplain #isDoubtful doubtful} until all are taken back.
 * Doubtful counts still let nothing go that is needed. Thread-safe.
 */
public final class References {

    private final IndexFiles files;
    private final PackTable packs;
    private final GroupKeys keys;
    private final IndexLock lock;
    private final LiveTally tally = new LiveTally();
    /** Packs of which not all chunks were found when they were looked for. Guarded by the lock. */
    private BitSet broken = new BitSet();
    /** Packs that came since that began. Guarded by the lock. */
    private final BitSet came = new BitSet();

    References(IndexFiles files, GroupKeys keys, IndexLock lock) {
        this.files = files;
        this.packs = files.packs();
        this.keys = keys;
        this.lock = lock;
        files.tally(tally);
    }

    /**
     * Goes on with counts that were {@linkplain #keep kept}.
     *
     * @return false if those are not here as they were: then all have to be {@linkplain #clear taken back}
     */
    public boolean resume(long since) throws BackupException {
        return lock.write(() -> tally.resume(since));
    }

    /** Takes all counts back. */
    public void clear() throws BackupException {
        lock.change(tally::restart);
        lock.changeEach(IndexFiles.TABLES, number -> files.at(number).clearReferences());
    }

    /** One more live page refers to these. Returns those that are nowhere; if there are any, nothing may be dropped by these counts. */
    public List<ChunkId> add(TrustGroup group, Collection<ChunkId> chunks) throws BackupException {
        return each(group, chunks, (table, key) -> table.refer(key, pack -> packs.isOf(pack, group)));
    }

    /** One less refers to these. If none did to one of them, the counts are doubtful from then on. */
    public void remove(TrustGroup group, Collection<ChunkId> chunks) throws BackupException {
        if (!each(group, chunks, (table, key) -> table.release(key, pack -> packs.isOf(pack, group))).isEmpty()) {
            lock.change(tally::doubt);
        }
    }

    private interface Count {
        boolean found(ChunkTable table, ChunkId key);
    }

    private List<ChunkId> each(TrustGroup group, Collection<ChunkId> chunks, Count count) throws BackupException {
        List<ChunkId> missing = new ArrayList<>();
        for (ChunkId chunk : chunks) {
            ChunkId key = keys.key(group, chunk);
            if (!lock.write(() -> count.found(files.table(key), key))) {
                missing.add(chunk);
            }
        }
        return missing;
    }

    /** Whether something happened that the counts do not allow for. */
    public boolean isDoubtful() throws BackupException {
        return lock.read(tally::isDoubtful);
    }

    /**
     * Everything is counted.
     *
     * @param name what it goes by at {@link #resume}; not 0
     */
    public void keep(long name) throws BackupException {
        lock.change(() -> tally.keep(name));
    }

    /** What is needed of each pack, found by looking at all chunks. */
    public Marked count() throws BackupException {
        BitSet looked = new BitSet();
        Marked marked = lock.write(() -> {
            came.clear();
            packs.each(looked::set);
            return new Marked(packs.limit());
        });
        lock.readEach(IndexFiles.TABLES,
                number -> files.at(number).each((slot, pack, bits, damaged, needed) -> marked.add(pack, bits, needed)));
        lock.change(() -> {
            marked.compare(packs);
            looked.andNot(came);
            broken = new BitSet();
            looked.stream().forEach(pack -> broken.set(pack, packs.isUsed(pack) && !marked.whole(pack)));
        });
        return marked;
    }

    /** The same, as it was kept up to date; looks at no chunk. Only since {@link #clear}, and {@link #count} behind it. */
    public Marked tallied() throws BackupException {
        return lock.read(() -> Marked.of(tally, packs, broken));
    }

    /** A pack has come; its number may have been that of another. The lock is held. */
    void entered(int pack) {
        broken.clear(pack);
        came.set(pack);
    }
}
