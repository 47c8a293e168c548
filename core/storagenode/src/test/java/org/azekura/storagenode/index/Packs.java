package org.azekura.storagenode.index;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.SealedSession;

/** Packs that are nowhere. The same seed gives the same ones. */
final class Packs {

    static final VolumeId VOLUME = new VolumeId(5, 6);
    static final TrustGroup GROUP = new TrustGroup(1, 1);
    static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05.000000006Z");
    static final int FRAME = 1_000;
    private static final int SEALED_KEY = 1_200;

    private final Random random;
    SealedSession session;

    Packs(long seed) {
        random = new Random(seed);
        session = session();
    }

    SealedSession session() {
        return new SealedSession(new SessionId(random.nextLong(), random.nextLong()), new byte[SEALED_KEY]);
    }

    ChunkId chunk() {
        return new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    List<ChunkId> chunks(int count) {
        List<ChunkId> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chunks.add(chunk());
        }
        return chunks;
    }

    /** A pack with these chunks, one behind the other. */
    PackIndex pack(List<ChunkId> chunks) {
        return pack(GROUP, List.of(session), chunks);
    }

    /** The same with pages of trees. */
    PackIndex trees(List<ChunkId> pages) {
        PackIndex pack = pack(pages);
        return new PackIndex(pack.pack(), ChunkKind.TREE, pack.group(), pack.sessions(), pack.entries());
    }

    PackIndex pack(TrustGroup group, List<SealedSession> sessions, List<ChunkId> chunks) {
        List<IndexEntry> entries = new ArrayList<>(chunks.size());
        for (int i = 0; i < chunks.size(); i++) {
            entries.add(new IndexEntry(chunks.get(i), sessions.get(i % sessions.size()).session(), 100L + i * FRAME, FRAME));
        }
        return new PackIndex(new PackId(random.nextLong(), random.nextLong()), ChunkKind.DATA, group, sessions, entries);
    }

    static long size(PackIndex pack) {
        return 100L + pack.entries().size() * FRAME;
    }

    static KnownPack add(ChunkIndex index, PackIndex pack) throws BackupException {
        index.add(pack, size(pack), WRITTEN, null);
        return index.pack(pack.pack());
    }

    static ChunkIndex open(Path folder) throws BackupException {
        return ChunkIndex.open(folder, VOLUME);
    }
}
