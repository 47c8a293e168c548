package org.azekura.server.job.rebuild;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.server.JobResult;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.server.pool.FrameSpool;

/**
 * The manifests of one volume: a few facts of each, and all of it aside for the catalog. They may be read twice: a medium that does not say the same twice is
 * found out by that.
 */
final class ManifestIntake implements AutoCloseable {

    private final PoolName pool;
    private final VolumeKnowledge known;
    private final Map<SnapshotId, Candidate> candidates = new LinkedHashMap<>();
    /** Whatever was sound when it was read first, by its SHA-256: a signature takes a hundred times as long to check. */
    private final Map<ByteBuffer, SnapshotId> seen = new HashMap<>();
    private final List<JobResult.LeftOut> leftOut = new ArrayList<>();
    private final Set<SnapshotId> awaited = new HashSet<>();
    private final FrameSpool spool = new FrameSpool();

    /** Takes one manifest. */
    interface Sink {
        void take(SignedManifest manifest) throws BackupException;
    }

    /** A manifest that is sound, of a snapshot that nobody has deleted. */
    record Candidate(ClientName client, ChunkId root) {}

    ManifestIntake(PoolName pool, VolumeKnowledge known) throws BackupException {
        this.pool = pool;
        this.known = known;
    }

    /**
     * @param frame empty for one that is on the volume and can't be read
     * @throws BackupException {@code rebuild.spool}
     */
    void first(ByteBuffer frame) throws BackupException {
        Manifest manifest;
        try {
            manifest = signed(frame).verified();
        } catch (BackupException e) {
            leftOut.add(new JobResult.LeftOut(null, e.getMessage()));
            return;
        }
        seen.put(digest(frame), manifest.snapshot());
        if (!manifest.pool().equals(pool)) {
            leftOut.add(new JobResult.LeftOut(manifest.snapshot(), "it is of pool " + manifest.pool()));
        } else if (!known.isDeleted(manifest.snapshot())
                && candidates.putIfAbsent(manifest.snapshot(), new Candidate(manifest.client(), manifest.root())) == null) {
            spool.add(frame);
        }
    }

    private static SignedManifest signed(ByteBuffer frame) throws BackupException {
        if (!frame.hasRemaining()) {
            throw BackupException.media("manifest.unreadable", "", "a manifest is on the volume and can't be read; the storage node's log names it", null);
        }
        byte[] bytes = new byte[frame.remaining()];
        frame.get(frame.position(), bytes);
        return SignedManifest.parse(bytes);
    }

    /** What was read first, in the order of the volume. */
    Map<SnapshotId, Candidate> candidates() {
        return candidates;
    }

    /** One of the candidates does not come back. */
    void leaveOut(SnapshotId snapshot, String reason) {
        leftOut.add(new JobResult.LeftOut(snapshot, reason));
    }

    List<JobResult.LeftOut> leftOut() {
        return leftOut;
    }

    /** Before the second reading. */
    void await(Set<SnapshotId> complete) {
        awaited.addAll(complete);
    }

    /** @throws BackupException {@code manifest.new} if it was not there or not readable before */
    void second(ByteBuffer frame) throws BackupException {
        SnapshotId snapshot = seen.get(digest(frame));
        if (snapshot == null) {
            refuseNew(frame);
        } else {
            awaited.remove(snapshot);
        }
    }

    private void refuseNew(ByteBuffer frame) throws BackupException {
        SnapshotId snapshot;
        try {
            snapshot = signed(frame).verified().snapshot();
        } catch (BackupException e) {
            return; // named when it was read first; one that was sound then is missed at the end
        }
        throw BackupException.media("manifest.new", snapshot.toString(), "manifest " + snapshot + " of pool " + pool
                + " can be read now and could not be before, or was another: others may be missed; look at the medium, then run the rebuild again", null);
    }

    private static ByteBuffer digest(ByteBuffer frame) {
        MessageDigest sha = Sha256.begin();
        sha.update(frame.duplicate());
        return ByteBuffer.wrap(sha.digest());
    }

    /** @throws BackupException {@code manifest.lost} if one that is awaited has not come */
    void endSecond() throws BackupException {
        if (!awaited.isEmpty()) {
            SnapshotId lost = awaited.iterator().next();
            throw BackupException.media("manifest.lost", lost.toString(), "manifest " + lost + " of pool " + pool
                    + " was read before and can't be read now; look at the medium, then run the rebuild again", null);
        }
    }

    /** Those that the checkpoint names and that were not seen: deleted after it was written, or lost. */
    List<SnapshotId> unseen() {
        Set<SnapshotId> there = Set.copyOf(seen.values());
        return known.snapshots().stream().filter(id -> !there.contains(id)).toList();
    }

    /** Hands over the candidates. */
    void each(Sink sink) throws BackupException {
        spool.each(frame -> sink.take(SignedManifest.parse(frame)));
    }

    @Override
    public void close() {
        spool.close();
    }
}
