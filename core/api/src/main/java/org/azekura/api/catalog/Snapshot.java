package org.azekura.api.catalog;

import java.time.Instant;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;

/**
 * The point-in-time view of a save set that a backup job committed.
 *
 * @param root     the tree of {@code /}
 * @param parent   the snapshot it was compared with, null if none
 * @param started  when the client began to collect, by the client's clock
 * @param received when the server had everything, by the server's retention time; retention counts by this
 * @param files    entries that are not directories
 * @param bytes    sum of the sizes of regular files
 * @param stored   bytes written on the volume
 * @param warnings paths that were not saved or only in part
 * @param manifest the signed manifest as it lies on the volume; null in lists
 */
public record Snapshot(SnapshotId id, JobId job, PoolName pool, ClientName client, SaveSetName saveSet, ChunkId root, SnapshotId parent,
        Instant started, Instant received, long files, long bytes, long stored, int warnings, byte[] manifest) {

    /** The same, received at another time. */
    public Snapshot received(Instant at) {
        return new Snapshot(id, job, pool, client, saveSet, root, parent, started, at, files, bytes, stored, warnings, manifest);
    }
}
