package org.azekura.storagenode.job;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.PackIndex;
import org.azekura.engine.pack.PackReader;
import org.azekura.engine.pack.SealedSession;
import org.azekura.storagenode.index.JobPins;
import org.azekura.storagenode.index.KnownPack;
import org.azekura.storagenode.pool.BlobPack;
import org.azekura.storagenode.pool.Pool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what is marked in some packs to new ones, frame by frame as it is; the frames of several packs and sessions get together, those of
 * different trust groups and kinds do not. The old packs stay as they are.
 */
final class PackCopy {

    /** Of a pack's table of sealed session keys. */
    private static final int MAX_SESSIONS = 1024;
    private static final Duration READ = Duration.ofMinutes(2);
    private static final Logger LOG = LoggerFactory.getLogger(PackCopy.class);

    /** Ends a job that has ended. */
    @FunctionalInterface
    interface Check {
        void check() throws BackupException;
    }

    private record Piece(KnownPack from, IndexEntry entry) {}

    /** What gets into one new pack. */
    private static final class Draft {
        final KnownPack like;
        final List<Piece> pieces = new ArrayList<>();
        final Map<SessionId, SealedSession> sessions = new LinkedHashMap<>();
        long bytes;

        Draft(KnownPack like) {
            this.like = like;
        }

        boolean isFull(SessionId session) {
            return bytes >= JobPacks.TARGET_BYTES || pieces.size() >= JobPacks.TARGET_CHUNKS
                    || sessions.size() == MAX_SESSIONS && !sessions.containsKey(session);
        }
    }

    private record Kind(Object group, boolean tree) {}

    private final JobId job;
    private final Pool pool;
    private final JobPins pins;
    private final JobPacks.Reports reports;
    private final Check check;
    private final Map<Kind, Draft> drafts = new HashMap<>();
    private final Set<PackId> failed = new HashSet<>();

    PackCopy(JobId job, Pool pool, JobPins pins, JobPacks.Reports reports, Check check) {
        this.job = job;
        this.pool = pool;
        this.pins = pins;
        this.reports = reports;
        this.check = check;
    }

    /** @return those of which everything marked is durable in new packs that the server has been told of */
    List<PackId> run(Collection<KnownPack> packs) throws BackupException {
        for (KnownPack pack : packs) {
            check.check();
            try {
                add(pack, pool.device().call("read the index of pack " + pack.id(), READ,
                        store -> new PackReader(new BlobPack(store, pack.id())).index()));
            } catch (BackupException e) {
                fail(pack, e);
            }
        }
        for (Draft draft : List.copyOf(drafts.values())) {
            write(draft);
        }
        return packs.stream().map(KnownPack::id).filter(pack -> !failed.contains(pack)).toList();
    }

    /** A pack that can't be read stays; if the device is gone or full, nothing can be done. */
    private void fail(KnownPack pack, BackupException why) throws BackupException {
        String code = why.failure().code();
        if (!code.equals("pack.corrupt") && !code.equals("frame.corrupt") && !code.startsWith("blob.")) {
            throw why;
        }
        LOG.warn("job={} pack {} is not rewritten: {}", job, pack.id(), why.getMessage());
        failed.add(pack.id());
    }

    private void add(KnownPack pack, PackIndex read) throws BackupException {
        Map<SessionId, SealedSession> sessions = new HashMap<>();
        read.sessions().forEach(session -> sessions.put(session.session(), session));
        Kind kind = new Kind(pack.group(), pack.tree());
        for (IndexEntry entry : read.entries()) {
            if (pool.index().marked(pack, entry.chunk())) {
                Draft draft = drafts.computeIfAbsent(kind, k -> new Draft(pack));
                if (draft.isFull(entry.session())) {
                    write(draft);
                    draft = new Draft(pack);
                    drafts.put(kind, draft);
                }
                draft.pieces.add(new Piece(pack, entry));
                draft.sessions.put(entry.session(), sessions.get(entry.session()));
                draft.bytes += entry.length();
            }
        }
    }

    private void write(Draft draft) throws BackupException {
        pool.spool().awaitRoom(check::check);
        PackInMaking made = PackInMaking.begin(pool.device(), draft.like.tree() ? ChunkKind.TREE : ChunkKind.DATA, draft.like.group(),
                List.copyOf(draft.sessions.values()));
        boolean whole = false;
        try {
            for (Piece piece : draft.pieces) {
                check.check();
                copy(piece, made);
            }
            whole = made.chunks() > 0;
        } finally {
            if (!whole) {
                made.abandon();
            }
        }
        if (whole) {
            made.commit();
            Instant written = Instant.now();
            reports.packWritten(made.report(job, pool.label().volume(), written));
            pool.index().add(made.index(), made.size(), written, pins);
        }
    }

    /** A copy of a chunk whose content is wrong would be a sound chunk to all who look at checksums. */
    private void requireRight(Piece piece) throws BackupException {
        if (pool.marks().isWrong(piece.from.id()) && pool.index().all(piece.from.group(), piece.entry.chunk()).stream()
                .anyMatch(place -> place.damaged() && place.pack().equals(piece.from))) {
            throw BackupException.corrupt("frame.corrupt", piece.entry.chunk().toString(), "chunk " + piece.entry.chunk() + " is not what its id says");
        }
    }

    private void copy(Piece piece, PackInMaking made) throws BackupException {
        try {
            ByteBuffer bytes = pool.device().call("read a chunk of pack " + piece.from.id(), READ,
                    store -> new PackReader(new BlobPack(store, piece.from.id())).frame(piece.entry.offset(), piece.entry.length()));
            Frame frame = Frame.parse(bytes);
            if (!frame.header().id().equals(piece.entry.chunk())) {
                throw BackupException.corrupt("frame.corrupt", piece.entry.chunk().toString(), "found chunk " + frame.header().id()
                        + ", expected " + piece.entry.chunk());
            }
            requireRight(piece);
            made.append(frame.header(), bytes);
        } catch (BackupException e) {
            fail(piece.from, e);
        }
    }
}
