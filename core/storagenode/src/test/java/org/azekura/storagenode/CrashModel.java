package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.ChunkId;
import org.azekura.api.SnapshotId;

/**
 * What the server's catalog has, which never loses power here, and what clients have ever sent. It says what must be on a volume after
 * a crash, and what must not. Thread-safe.
 */
final class CrashModel {

    /** A snapshot: its manifest names its chunks, one after the other. */
    record Saved(SnapshotId id, List<ChunkId> chunks) {

        byte[] manifest() {
            ByteBuffer bytes = ByteBuffer.allocate(chunks.size() * ChunkId.BYTES);
            chunks.forEach(chunk -> chunk.write(bytes));
            return bytes.array();
        }
    }

    /** Every frame that was sent for a chunk: any of them is its content. */
    private final Map<ChunkId, Set<ByteBuffer>> sent = new HashMap<>();
    private final Map<SnapshotId, Saved> acknowledged = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    /** Ordered to the medium; whether it is there is not known. */
    private final Map<SnapshotId, Saved> pending = new HashMap<>();
    /** Taken off the medium, and that was acknowledged. */
    private final Set<SnapshotId> deleted = new HashSet<>();
    final CrashPacks packs = new CrashPacks();
    /** Of snapshots that are deleted. */
    private final Set<ChunkId> left = new HashSet<>();
    private long number;

    synchronized void sent(ChunkId chunk, ByteBuffer frame) {
        sent.computeIfAbsent(chunk, id -> new HashSet<>()).add(frame.duplicate());
    }

    synchronized boolean wasSent(ChunkId chunk, ByteBuffer frame) {
        return sent.getOrDefault(chunk, Set.of()).contains(frame);
    }

    synchronized Saved begin(List<ChunkId> chunks) {
        Saved saved = new Saved(new SnapshotId(1, ++number), List.copyOf(chunks));
        pending.put(saved.id(), saved);
        return saved;
    }

    synchronized void acknowledge(Saved saved) {
        pending.remove(saved.id());
        acknowledged.put(saved.id(), saved);
    }

    /** Its deletion begins: neither there nor gone. */
    synchronized Saved beginDelete(Random random) {
        Saved saved = any(random);
        if (saved != null) {
            acknowledged.remove(saved.id());
            pending.put(saved.id(), saved);
        }
        return saved;
    }

    synchronized void deleted(SnapshotId id) {
        left.addAll(pending.remove(id).chunks());
        deleted.add(id);
    }

    synchronized boolean isDeleted(SnapshotId id) {
        return deleted.contains(id);
    }

    synchronized boolean isUndecided(SnapshotId id) {
        return pending.containsKey(id);
    }

    synchronized List<Saved> acknowledged() {
        return List.copyOf(acknowledged.values());
    }

    synchronized List<Saved> undecided() {
        return List.copyOf(pending.values());
    }

    /** What a prune must keep: a snapshot is in the catalog until its manifest is off the medium, and on its way there before it is acknowledged. */
    synchronized List<Saved> roots() {
        List<Saved> roots = new ArrayList<>(acknowledged.values());
        roots.addAll(pending.values());
        return roots;
    }

    synchronized boolean isAcknowledged(SnapshotId id) {
        return acknowledged.containsKey(id);
    }

    /** Null if there is none. */
    synchronized Saved any(Random random) {
        List<Saved> all = List.copyOf(acknowledged.values());
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    /** Chunks that no snapshot has any more. */
    synchronized List<ChunkId> deadChunks() {
        Set<ChunkId> dead = new HashSet<>(left);
        roots().forEach(saved -> saved.chunks().forEach(dead::remove));
        return List.copyOf(dead);
    }

    /** Up to so many chunks of snapshots that can be relied on. */
    synchronized List<ChunkId> some(Random random, int count) {
        List<ChunkId> all = acknowledged.values().stream().flatMap(saved -> saved.chunks().stream()).distinct().toList();
        List<ChunkId> some = new ArrayList<>();
        for (int i = 0; i < count && !all.isEmpty(); i++) {
            some.add(all.get(random.nextInt(all.size())));
        }
        return some;
    }
}
