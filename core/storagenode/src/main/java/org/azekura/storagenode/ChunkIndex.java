package org.azekura.storagenode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.SealedSession;

/**
 * Which chunks lie where on a pool's volume, apart for every trust group. A cache of the packs' own indexes, in memory: about 64
 * bytes a chunk. Thread-safe.
 */
final class ChunkIndex {

    /** Many small tables: one that grows copies little. */
    private static final int TABLES = 64;

    /** Where a chunk lies; {@code damaged} if it was found unreadable there. */
    record Found(ChunkId chunk, KnownPack pack, int offset, int length, SessionId session, boolean damaged) {}

    private final Map<TrustGroup, List<ChunkTable>> groups = new ConcurrentHashMap<>();
    private final List<KnownPack> byNumber = new ArrayList<>();
    private final NavigableMap<PackId, KnownPack> byId = new ConcurrentSkipListMap<>();
    private final Map<SessionId, SealedSession> sealed = new ConcurrentHashMap<>();
    /** Numbers of packs that something was found damaged in. */
    private final Set<Integer> suspect = ConcurrentHashMap.newKeySet();

    /** Enters a durable pack; one that is there already is left alone. */
    void add(PackIndex index, long size, Instant writtenAt) {
        index.sessions().forEach(session -> sealed.putIfAbsent(session.session(), session));
        List<SessionId> sessions = index.sessions().stream().map(SealedSession::session).toList();
        KnownPack pack;
        synchronized (byNumber) {
            if (byId.containsKey(index.pack())) {
                return;
            }
            pack = new KnownPack(byNumber.size(), index.pack(), index.kind() == ChunkKind.TREE, index.group(), sessions, size,
                    index.entries().size(), writtenAt);
            byNumber.add(pack);
            byId.put(pack.id(), pack);
        }
        List<ChunkTable> tables = groups.computeIfAbsent(index.group(),
                group -> IntStream.range(0, TABLES).mapToObj(i -> new ChunkTable()).toList());
        for (IndexEntry entry : index.entries()) {
            int session = sessions.indexOf(entry.session());
            if (entry.offset() <= Integer.MAX_VALUE && entry.length() <= Frame.MAX_BYTES && session >= 0) {
                table(tables, entry.chunk()).put(entry.chunk(),
                        new ChunkTable.Place(pack.number(), (int) entry.offset(), entry.length(), session, false));
            }
        }
    }

    /** The best place: a sound one if there is any. Null if the group has no such chunk. */
    Found find(TrustGroup group, ChunkId chunk) {
        List<ChunkTable> tables = groups.get(group);
        ChunkTable.Place place = tables == null ? null : table(tables, chunk).get(chunk);
        return place == null ? null : found(chunk, place);
    }

    /** Every place of the chunk, the best first. */
    List<Found> all(TrustGroup group, ChunkId chunk) {
        List<ChunkTable> tables = groups.get(group);
        return tables == null ? List.of() : table(tables, chunk).all(chunk).stream().map(place -> found(chunk, place)).toList();
    }

    private Found found(ChunkId chunk, ChunkTable.Place place) {
        KnownPack pack;
        synchronized (byNumber) {
            pack = byNumber.get(place.pack());
        }
        return new Found(chunk, pack, place.offset(), place.length(), pack.sessions().get(place.session()), place.damaged());
    }

    /** Whether the chunk is there and was not found damaged everywhere. */
    boolean known(TrustGroup group, ChunkId chunk) {
        Found found = find(group, chunk);
        return found != null && !found.damaged();
    }

    /** Notes that the chunk cannot be read from this pack: unless it is in another, it is not known until it is stored again. */
    void damaged(KnownPack pack, ChunkId chunk) {
        List<ChunkTable> tables = groups.get(pack.group());
        if (tables != null) {
            suspect.add(pack.number());
            table(tables, chunk).damaged(chunk, pack.number());
        }
    }

    /** Notes that the chunk could not be read from this pack this time: if another place is sound, that one is better. */
    void avoid(KnownPack pack, ChunkId chunk) {
        if (all(pack.group(), chunk).stream().anyMatch(place -> !place.damaged() && place.pack() != pack)) {
            damaged(pack, chunk);
        }
    }

    /** Notes that the whole pack was read and is as it was written: what was found damaged was mended. */
    void sound(KnownPack pack) {
        if (suspect.remove(pack.number())) {
            groups.getOrDefault(pack.group(), List.of()).forEach(table -> table.sound(pack.number()));
        }
    }

    /** Null if there is none. */
    KnownPack pack(PackId id) {
        return byId.get(id);
    }

    /** The chunks that lie in this pack, wherever else they lie. */
    List<ChunkId> chunksOf(KnownPack pack) {
        List<ChunkId> chunks = new ArrayList<>();
        groups.getOrDefault(pack.group(), List.of()).forEach(table -> table.chunksOf(pack.number(), chunks::add));
        return chunks;
    }

    /** The chunks that were found damaged in this pack, wherever else they lie. */
    List<ChunkId> damagedOf(KnownPack pack) {
        List<ChunkId> chunks = new ArrayList<>();
        groups.getOrDefault(pack.group(), List.of()).forEach(table -> table.damagedOf(pack.number(), chunks::add));
        return chunks;
    }

    /** By id, after one (null: from the first). */
    List<KnownPack> packs(PackId after, int limit) {
        return (after == null ? byId : byId.tailMap(after, false)).values().stream().limit(limit).toList();
    }

    /** The sessions of these packs, each once. */
    List<SealedSession> sessions(List<KnownPack> packs) {
        return packs.stream().flatMap(pack -> pack.sessions().stream()).distinct().map(sealed::get).toList();
    }

    /** Bytes of all packs. */
    long bytes() {
        return byId.values().stream().mapToLong(KnownPack::size).sum();
    }

    int chunks() {
        return groups.values().stream().flatMap(List::stream).mapToInt(ChunkTable::size).sum();
    }

    int packs() {
        return byId.size();
    }

    private static ChunkTable table(List<ChunkTable> tables, ChunkId chunk) {
        return tables.get((int) chunk.d() & TABLES - 1);
    }
}
