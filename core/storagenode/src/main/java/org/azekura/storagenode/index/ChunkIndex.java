package org.azekura.storagenode.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.UUID;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.SealedSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which chunks lie where on a pool's volume, apart for every trust group. A cache of the packs' own indexes, in files that are mapped into memory,
 * see the package. Thread-safe; whoever only asks waits for nobody but those who change something. After {@link #close} every call throws
 * {@code pool.closed}.
 */
public final class ChunkIndex implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChunkIndex.class);

    /** Where a chunk lies; {@code damaged} if it was found unreadable there. */
    public record Found(ChunkId chunk, KnownPack pack, int offset, int length, SessionId session, boolean damaged) {}

    /** In a register, with a session of its own. */
    private static final int REGISTER_PACK = 1250;
    private static final int REGISTER_CHUNK = 46;

    private final IndexFiles files;
    private final PackTable packs;
    private final GroupKeys keys = new GroupKeys();
    private final Pins pins = new Pins();
    private final IndexLock lock;
    private final Leaving leaving;
    private final References references;

    private ChunkIndex(IndexFiles files) {
        this.files = files;
        this.packs = files.packs();
        this.lock = new IndexLock(files.folder().getFileName().toString());
        this.leaving = new Leaving(files, pins, lock);
        this.references = new References(files, keys, lock);
    }

    /**
     * Takes up the index of this volume in this folder, which is nobody else's, or begins an empty one if there is none that can be
     * used. It may know packs that are gone from the volume, and not know others: see {@link #retain} and {@link #add}. Nothing is known to be damaged.
     *
     * @throws BackupException {@code index.io}
     */
    public static ChunkIndex open(Path folder, VolumeId volume) throws BackupException {
        return open(folder, volume, IndexHead.currentBoot());
    }

    static ChunkIndex open(Path folder, VolumeId volume, UUID boot) throws BackupException {
        try {
            ChunkIndex index = new ChunkIndex(IndexFiles.open(folder, volume, boot));
            index.tidy();
            return index;
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    /** Forgets packs that were entered or taken out when the process ended, and what was found damaged: the volume has the marks. */
    private void tidy() throws BackupException {
        BitSet whole = new BitSet();
        BitSet suspects = new BitSet();
        packs.each(pack -> {
            whole.set(pack, packs.state(pack) == PackTable.WHOLE);
            suspects.set(pack, packs.suspect(pack));
        });
        leaving.retain(whole);
        suspects.and(whole);
        sound(suspects);
    }

    private static BackupException failed(Path folder, IOException e) {
        return BackupException.device("index.io", folder.toString(), "chunk index in " + folder + ": " + e.getMessage()
                + "; make sure that there is room and that it can be written", e);
    }

    /** Where its files are. */
    public Path folder() {
        return files.folder();
    }

    /** For one running job. */
    public JobPins pins() {
        return pins.begin();
    }

    /**
     * Enters a durable pack; one that is there already is left alone.
     *
     * @param by the job that wrote it: it is pinned as soon as anybody can see it; null if it was found
     * @throws BackupException {@code index.io}: nothing was entered
     */
    public void add(PackIndex index, long size, Instant writtenAt, JobPins by) throws BackupException {
        add(index, false, size, writtenAt, by);
    }

    /**
     * Enters a pack whose own index could not be read, from its frames. Perhaps it was the device that failed just then, so {@link #number}
     * does not count it as known: the next opening reads it again.
     */
    public void addPartly(PackIndex frames, long size, Instant found) throws BackupException {
        add(frames, true, size, found, null);
    }

    private void add(PackIndex index, boolean partly, long size, Instant writtenAt, JobPins by) throws BackupException {
        IOException problem = lock.write(() -> {
            try {
                int there = packs.number(index.pack());
                int pack = there >= 0 ? there : enter(index, partly, size, writtenAt);
                if (by != null) {
                    pins.pin(by, pack);
                }
                return null;
            } catch (IOException e) {
                return e;
            }
        });
        if (problem != null) {
            throw failed(files.folder(), problem);
        }
    }

    private int enter(PackIndex index, boolean partly, long size, Instant writtenAt) throws IOException {
        Map<SessionId, Integer> sessions = new HashMap<>();
        index.sessions().forEach(session -> sessions.put(session.session(), sessions.size()));
        Map<ChunkId, IndexEntry> entries = new LinkedHashMap<>();
        for (IndexEntry entry : index.entries()) {
            if (entry.offset() >= 0 && entry.offset() <= Integer.MAX_VALUE && entry.length() > 0 && entry.length() <= Frame.MAX_BYTES
                    && sessions.getOrDefault(entry.session(), Integer.MAX_VALUE) <= Place.MAX_SESSION) {
                entries.putIfAbsent(entry.chunk(), entry);
            }
        }
        int pack = packs.enter(new PackTable.Entry(index.pack(), index.kind() == ChunkKind.TREE, partly, index.group(), size,
                index.entries().size(), entries.size(), writtenAt, files.sessions().add(index.sessions())));
        try {
            for (IndexEntry entry : entries.values()) {
                ChunkId key = keys.key(index.group(), entry.chunk());
                files.roomy(key).put(key, new Place(pack, (int) entry.offset(), entry.length(), sessions.get(entry.session()), false, 0));
            }
        } catch (IOException e) {
            entries.keySet().forEach(chunk -> {
                ChunkId key = keys.key(index.group(), chunk);
                files.table(key).remove(key, pack);
            });
            packs.left(pack);
            throw e;
        }
        packs.whole(pack);
        references.entered(pack);
        return pack;
    }

    /** The best place: a sound one if there is any. Null if the group has no such chunk. */
    public Found find(TrustGroup group, ChunkId chunk) throws BackupException {
        List<Found> all = all(group, chunk);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** Every place of the chunk, the best first. */
    public List<Found> all(TrustGroup group, ChunkId chunk) throws BackupException {
        return lock.read(() -> places(group, chunk).stream().map(place -> found(chunk, place)).toList());
    }

    private List<Place> places(TrustGroup group, ChunkId chunk) {
        ChunkId key = keys.key(group, chunk);
        List<Place> places = files.table(key).all(key, pack -> packs.isOf(pack, group));
        // A place that names no session of its pack was not written so.
        places.removeIf(place -> files.sessions().id(packs.sessions(place.pack()), place.session()) == null);
        return places;
    }

    private Found found(ChunkId chunk, Place place) {
        return new Found(chunk, packs.get(place.pack()), place.offset(), place.length(),
                files.sessions().id(packs.sessions(place.pack()), place.session()), place.damaged());
    }

    /** Whether the chunk is there, not damaged everywhere, and not about to go. */
    public boolean known(TrustGroup group, ChunkId chunk) throws BackupException {
        return lock.read(() -> places(group, chunk).stream().anyMatch(place -> !place.damaged() && !pins.isLeaving(place.pack())));
    }

    /** Like {@link #known(TrustGroup, ChunkId)}; and if so, it stays until the job's end. */
    public boolean known(JobPins by, TrustGroup group, ChunkId chunk) throws BackupException {
        return lock.read(() -> places(group, chunk).stream().anyMatch(place -> !place.damaged() && pins.pin(by, place.pack())));
    }

    /** Notes that the chunk cannot be read from this pack: unless it is in another, it is not known until it is stored again. */
    public void damaged(KnownPack pack, ChunkId chunk) throws BackupException {
        lock.change(() -> {
            if (packs.has(pack)) {
                ChunkId key = keys.key(pack.group(), chunk);
                packs.suspect(pack.number(), true);
                files.table(key).damaged(key, pack.number());
            }
        });
    }

    /** Notes that the chunk could not be read from this pack this time: if another place is sound, that one is better. */
    public void avoid(KnownPack pack, ChunkId chunk) throws BackupException {
        if (all(pack.group(), chunk).stream().anyMatch(place -> !place.damaged() && !place.pack().equals(pack))) {
            damaged(pack, chunk);
        }
    }

    /** Notes that the whole pack was read and is as it was written: what was found damaged was mended. */
    public void sound(KnownPack pack) throws BackupException {
        BitSet suspect = new BitSet();
        lock.change(() -> suspect.set(pack.number(), packs.has(pack) && packs.suspect(pack.number())));
        sound(suspect);
    }

    private void sound(BitSet mended) throws BackupException {
        if (!mended.isEmpty()) {
            lock.change(() -> mended.stream().forEach(pack -> packs.suspect(pack, false)));
            lock.changeEach(IndexFiles.TABLES, number -> files.at(number).sound(mended::get));
        }
    }

    /** Null if there is none. */
    public KnownPack pack(PackId id) throws BackupException {
        return lock.read(() -> {
            int pack = packs.number(id);
            return pack < 0 ? null : packs.get(pack);
        });
    }

    /** Number of a pack of this size whose index was read; -1 if there is none, also because the index is closed. */
    public int number(PackId id, long size) {
        try {
            return lock.read(() -> {
                int pack = packs.number(id);
                return pack >= 0 && packs.get(pack).size() == size && !packs.partly(pack) ? pack : -1;
            });
        } catch (BackupException closed) {
            return -1;
        }
    }

    /** The chunks that lie in this pack, wherever else they lie. Looks at all there are. */
    public List<ChunkId> chunksOf(KnownPack pack) throws BackupException {
        return chunksOf(pack, false);
    }

    /** The chunks that were found damaged in this pack, wherever else they lie. Looks at all there are. */
    public List<ChunkId> damagedOf(KnownPack pack) throws BackupException {
        return chunksOf(pack, true);
    }

    private List<ChunkId> chunksOf(KnownPack wanted, boolean onlyDamaged) throws BackupException {
        List<ChunkId> chunks = new ArrayList<>();
        lock.readEach(IndexFiles.TABLES, number -> {
            ChunkTable table = files.at(number);
            if (packs.has(wanted)) {
                table.each((slot, pack, bits, damaged, marked) -> {
                    if (pack == wanted.number() && (damaged || !onlyDamaged)) {
                        chunks.add(keys.chunk(wanted.group(), table.key(slot)));
                    }
                });
            }
        });
        return chunks;
    }

    /** By id, after one (null: from the first). Looks at all there are. */
    public List<KnownPack> packs(PackId after, int limit) throws BackupException {
        return lock.read(() -> {
            PriorityQueue<PackId> first = new PriorityQueue<>(Comparator.reverseOrder());
            packs.each(pack -> {
                PackId id = packs.id(pack);
                if ((after == null || id.compareTo(after) > 0) && (first.size() < limit || id.compareTo(first.peek()) < 0)) {
                    first.add(id);
                    if (first.size() > limit) {
                        first.remove();
                    }
                }
            });
            return first.stream().sorted().map(id -> packs.get(packs.number(id))).toList();
        });
    }

    /** The sessions of these packs, each once. */
    public List<SealedSession> sessions(Collection<KnownPack> of) throws BackupException {
        return lock.read(() -> of.stream().filter(packs::has)
                .flatMap(pack -> files.sessions().get(packs.sessions(pack.number())).stream()).distinct().toList());
    }

    /** For which groups packs were written that name these sessions. */
    public Map<SessionId, Set<TrustGroup>> owners(Set<SessionId> sessions) throws BackupException {
        return lock.read(() -> {
            Map<SessionId, Set<TrustGroup>> owners = new HashMap<>();
            packs.each(pack -> files.sessions().ids(packs.sessions(pack)).stream().filter(sessions::contains)
                    .forEach(session -> owners.computeIfAbsent(session, s -> new HashSet<>()).add(packs.group(pack))));
            return owners;
        });
    }

    /** Begins to mark what is needed; marks made before are gone. */
    public void clearMarks() throws BackupException {
        references.clear();
    }

    /** What live pages refer to. */
    public References references() {
        return references;
    }

    /** Marks the best place of a chunk as needed. Returns whether there is any; if not, nothing may be dropped by these marks. */
    public boolean mark(TrustGroup group, ChunkId chunk) throws BackupException {
        return references.add(group, List.of(chunk)).isEmpty();
    }

    /** Whether the chunk is marked in this very pack. */
    public boolean marked(KnownPack pack, ChunkId chunk) throws BackupException {
        return lock.read(() -> packs.has(pack)
                && places(pack.group(), chunk).stream().anyMatch(place -> place.pack() == pack.number() && place.marked()));
    }

    /** Counts what is marked, pack by pack. */
    public Marked count() throws BackupException {
        return references.count();
    }

    /** Whether this job relies on this pack. */
    public boolean pinned(JobPins by, KnownPack pack) throws BackupException {
        return lock.read(() -> packs.has(pack) && pins.isPinned(by, pack.number()));
    }

    /** Has a pack stay until the job's end. Returns false if it has gone, or is about to. */
    public boolean pin(JobPins by, KnownPack pack) throws BackupException {
        return lock.read(() -> packs.has(pack) && pins.pin(by, pack.number()));
    }

    /** Whether it was entered from what was whole of it: then its own index may name more chunks than are known. */
    public boolean partly(KnownPack pack) throws BackupException {
        return lock.read(() -> packs.has(pack) && packs.partly(pack.number()));
    }

    /** Whether a running job relies on this pack, now. */
    public boolean pinned(KnownPack pack) throws BackupException {
        return lock.read(() -> packs.has(pack) && pins.isPinned(pack.number()));
    }

    /**
     * What came of {@link #drop}.
     *
     * @param dropped not known any more; their blobs can be deleted
     * @param pinned  a running job relies on them
     * @param needed  each has a marked chunk that is sound in no other pack that stays, or chunks that were not found where they should be
     */
    public record Dropped(List<KnownPack> dropped, List<KnownPack> pinned, List<KnownPack> needed) {}

    /**
     * Forgets packs that are not needed any more, unless a running job relies on them: from one moment on a chunk that lies in no
     * other pack is not known to anybody. Packs that are not here count as dropped.
     */
    public Dropped drop(Collection<KnownPack> wanted) throws BackupException {
        return leaving.drop(wanted);
    }

    /** Forgets packs that are gone from the volume, whoever relies on them. */
    public void remove(Collection<KnownPack> gone) throws BackupException {
        leaving.remove(gone);
    }

    /** Forgets all packs but those of these numbers. Returns how many it forgot. */
    public int retain(BitSet numbers) throws BackupException {
        return leaving.retain(numbers);
    }

    /** How long about a register would be of the packs that are in none, with the pages of those that have trees, in bytes; 0 if there are no such packs. */
    public long unregistered() throws BackupException {
        return lock.read(() -> {
            long[] bytes = {0};
            packs.each(pack -> bytes[0] += packs.register(pack) == 0 && packs.state(pack) == PackTable.WHOLE && !packs.partly(pack)
                    ? REGISTER_PACK + (long) REGISTER_CHUNK * packs.entered(pack) + (packs.get(pack).tree() ? packs.get(pack).size() : 0) : 0);
            return bytes[0];
        });
    }

    /**
     * Writes a register of all packs that are in none, and of those in others that it is to replace.
     *
     * @param instead these others, 1 to 65535 each
     * @param content what else it has
     * @return the packs that it names; see {@link #registered}
     * @throws BackupException {@code index.io}; what the content throws
     */
    public List<KnownPack> register(BitSet instead, RegisterContent content, Path to) throws BackupException {
        return new Registering(files, keys, lock).write(instead, content, to);
    }

    /** This register, which names these packs, is on the volume. */
    public void registered(Collection<KnownPack> named, int register) throws BackupException {
        lock.change(() -> named.stream().filter(packs::has).forEach(pack -> packs.register(pack.number(), register)));
    }

    /**
     * Begins to enter packs as a register names them.
     *
     * @param register number of it, 1 to 65535
     * @param sizes    of the packs that are wanted, as the volume has them; -1 for others
     */
    public RegisterTaking taking(int register, ToLongFunction<PackId> sizes, Instant found) {
        return new RegisterTaking(files, keys, lock, leaving, references, register, sizes, found);
    }

    /** Bytes of all packs. */
    public long bytes() throws BackupException {
        return lock.read(packs::size);
    }

    /** Places of chunks. */
    public long chunks() throws BackupException {
        return lock.read(() -> IntStream.range(0, IndexFiles.TABLES).mapToLong(i -> files.at(i).size()).sum());
    }

    public int packs() throws BackupException {
        return lock.read(packs::count);
    }

    /** Bytes that the index takes, in its files and in memory outside of the heap. */
    public long memory() throws BackupException {
        return lock.read(files::bytes);
    }

    /** Makes the index durable, so that it can be used after power loss too. */
    @Override
    public void close() {
        lock.close(() -> {
            try {
                files.close();
            } catch (IOException e) {
                LOG.warn("the chunk index in {} is not clean: {}", files.folder(), e.getMessage());
            }
        });
    }
}
