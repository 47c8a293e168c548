package org.azekura.api.message;

import java.util.List;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.device.BlobLock;

/** What a storage node answers about locks. */
public sealed interface LockAnswer extends Answer {

    /** The modes of its device; none if it locks nothing. */
    record Modes(List<BlobLock.Mode> modes) implements LockAnswer {}

    /** Those manifests that are locked now. */
    record Manifests(List<ManifestLock> locks) implements LockAnswer {}

    /** One of them. */
    record ManifestLock(SnapshotId snapshot, BlobLock lock) {}

    /** Packs that could not be locked; all others are, for at least so long. */
    record NotLocked(List<Problem> packs) implements LockAnswer {}

    /**
     * One of them.
     *
     * @param code of the failure, like {@code blob.missing}
     */
    record Problem(PackId pack, String code, String why) {}
}
