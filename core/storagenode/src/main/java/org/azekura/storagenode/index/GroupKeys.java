package org.azekura.storagenode.index;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.ChunkId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.format.Sha256;

/**
 * Keys of chunks in the tables: the id, changed for every group in its own way, so that the same chunk of many groups does not lie in
 * one heap. A group could make up an id that has the key of another's chunk: who finds a place asks whose pack it is. Thread-safe.
 */
final class GroupKeys {

    /** Of every group that was met; they are as few as clients. */
    private final Map<TrustGroup, ChunkId> masks = new ConcurrentHashMap<>();

    ChunkId key(TrustGroup group, ChunkId chunk) {
        ChunkId mask = masks.computeIfAbsent(group, GroupKeys::mask);
        return new ChunkId(chunk.a() ^ mask.a(), chunk.b() ^ mask.b(), chunk.c() ^ mask.c(), chunk.d() ^ mask.d());
    }

    /** The same once more gives back what it was made of. */
    ChunkId chunk(TrustGroup group, ChunkId key) {
        return key(group, key);
    }

    private static ChunkId mask(TrustGroup group) {
        return ChunkId.read(ByteBuffer.wrap(Sha256.of(group.bytes())));
    }
}
