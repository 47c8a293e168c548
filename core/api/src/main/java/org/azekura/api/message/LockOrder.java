package org.azekura.api.message;

import java.util.List;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.device.BlobLock;

/** What the medium of a pool is to keep from everybody. A lock is never shortened or weakened by any of these. */
public sealed interface LockOrder extends NodeOrder {

    /** In which modes may the pool's device lock? Answer: {@link LockAnswer.Modes}. */
    record AskModes(PoolName pool) implements LockOrder {}

    /** Until when are the manifests of these snapshots locked, as the medium itself says? Answer: {@link LockAnswer.Manifests}. */
    record ReadManifestLocks(PoolName pool, List<SnapshotId> snapshots) implements LockOrder {}

    /**
     * Lock these packs. Answer: {@link LockAnswer.NotLocked}. Fails with {@code device.unsupported} if this medium locks nothing, whatever its device can.
     *
     * @param packs at most {@value #PACKS}
     */
    record LockPacks(PoolName pool, List<PackId> packs, BlobLock lock) implements LockOrder {}

    /** Everything that a snapshot needs is locked: lock its manifest, and what the volume can't be read without. Answer: {@link Answer.Done}. */
    record LockManifest(PoolName pool, SnapshotId snapshot, BlobLock lock) implements LockOrder {}

    /** Lock all segments of the audit log that are there and are not locked for as long. Answer: {@link Answer.Done}. */
    record LockAudit(PoolName pool, BlobLock lock) implements LockOrder {}

    /** So many packs are locked by one order: it ends in time, also where each takes a request. */
    int PACKS = 64;
}
