package org.azekura.api.message;

import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;

/** How what is damaged in one place is repaired from another. */
public sealed interface HealOrder extends NodeOrder {

    /**
     * Have these packs from the other side of a copy that {@link CopyOrder.BeginCopy} has told of, each in the place of the one that is damaged here, or gone. What is
     * sound here is not sent. What comes is compared with what is known of the pack before anything is replaced, and read back afterwards; each pack that
     * was written is reported by {@link NodeReport.PackWritten}. Answer: {@link PackAnswer.Copied}.
     *
     * @param pool of this side, the one that takes
     * @param from the other side's
     */
    record MendPacks(JobId job, PoolName pool, PoolName from, List<Wanted> packs) implements HealOrder {}

    /**
     * @param size   in bytes, as the catalog has it; -1 if it does not
     * @param chunks likewise
     */
    record Wanted(PackId pack, long size, int chunks) {}

    /**
     * Which of these manifests are not on the volume, or not as the catalog has them? Of cartridges only whether they are there is looked at. Answer:
     * {@link PoolAnswer.Differing}.
     *
     * @param manifests at most {@value #MAX_MANIFESTS}
     */
    record CheckManifests(PoolName pool, List<Manifest> manifests) implements HealOrder {}

    int MAX_MANIFESTS = 1000;

    /** @param hash SHA-256 of all of it */
    record Manifest(SnapshotId snapshot, byte[] hash) {}

    /**
     * What lies on the volume beside packs and manifests: its key ring, checkpoints, and the audit log. Of cartridges nothing is read. Answer:
     * {@link PoolAnswer.RecordsFound}.
     *
     * @param keyRing that should be there
     */
    record CheckRecords(PoolName pool, byte[] keyRing) implements HealOrder {}

    /**
     * Take this checkpoint, or segment of the audit log, off the volume, if it is broken still: another one says what it said. Answer: {@link Answer.Done}. Fails with
     * {@code blob.locked} if its medium keeps it.
     */
    record RemoveBroken(PoolName pool, String key) implements HealOrder {}
}
