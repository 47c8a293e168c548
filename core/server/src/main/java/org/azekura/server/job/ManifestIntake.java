package org.azekura.server.job;

import java.nio.ByteBuffer;
import java.util.ArrayList;
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
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;

/**
 * The manifests of one volume. They are read twice: first to know a few facts of each; then, when it is clear which snapshots are complete,
 * to keep those aside for the catalog. A medium that does not say the same twice is found out by that.
 */
final class ManifestIntake implements AutoCloseable {

    private final PoolName pool;
    private final VolumeKnowledge known;
    private final Map<SnapshotId, Candidate> candidates = new LinkedHashMap<>();
    /** Whatever was sound when it was read first. */
    private final Set<SnapshotId> seen = new HashSet<>();
    private final List<JobResult.LeftOut> leftOut = new ArrayList<>();
    private final Set<SnapshotId> awaited = new HashSet<>();
    private final ManifestSpool spool = new ManifestSpool();

    /** A manifest that is sound, of a snapshot that nobody has deleted. */
    record Candidate(ClientName client, ChunkId root) {}

    ManifestIntake(PoolName pool, VolumeKnowledge known) throws BackupException {
        this.pool = pool;
        this.known = known;
    }

    /** @param frame empty for one that is on the volume and can't be read */
    void first(ByteBuffer frame) {
        Manifest manifest;
        try {
            manifest = signed(frame).verified();
        } catch (BackupException e) {
            leftOut.add(new JobResult.LeftOut(null, e.getMessage()));
            return;
        }
        seen.add(manifest.snapshot());
        if (!manifest.pool().equals(pool)) {
            leftOut.add(new JobResult.LeftOut(manifest.snapshot(), "it is of pool " + manifest.pool()));
        } else if (!known.isDeleted(manifest.snapshot())) {
            candidates.put(manifest.snapshot(), new Candidate(manifest.client(), manifest.root()));
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
        SignedManifest signed;
        Manifest manifest;
        try {
            signed = signed(frame);
            manifest = signed.verified();
        } catch (BackupException e) {
            return; // named when it was read first; one that was sound then is missed at the end
        }
        if (!seen.contains(manifest.snapshot())) {
            throw BackupException.media("manifest.new", manifest.snapshot().toString(), "manifest " + manifest.snapshot() + " of pool " + pool
                    + " can be read now and could not be before: others may be missed; look at the medium, then run the rebuild again", null);
        }
        if (awaited.remove(manifest.snapshot())) {
            spool.add(signed);
        }
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
        return known.snapshots().stream().filter(id -> !seen.contains(id)).toList();
    }

    /** Hands over what was kept aside. */
    void each(ManifestSpool.Sink sink) throws BackupException {
        spool.each(sink);
    }

    @Override
    public void close() {
        spool.close();
    }
}
