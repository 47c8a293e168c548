package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SnapshotId;
import org.azekura.api.StreamSource;

/** What the backup server orders from a client. All are asked and answered {@link Answer.Done} as soon as they are begun. */
public sealed interface ClientOrder extends Message {

    /**
     * Collect a save set and send it to a storage node. The client ends with {@link ClientReport.Collected} or
     * {@link ClientReport.JobFailed}.
     *
     * @param snapshot the id the snapshot will have
     * @param client   whose data it is; who gets this order may collect for another client
     * @param stream   what is saved instead of the save set's roots, null if those are
     * @param parent   a snapshot of the same save set in the same pool that the server holds until the job ends, null if
     *                 there is none
     * @param never    folders of the appliance itself (pools, running restore targets) that are left out whatever the rules say,
     *                 beside the client's own home
     * @param dryRun   only name what would be saved
     * @param attempt  how often the server has begun this job, from 1
     * @param goesOn   whether what the client's earlier attempts at this job made durable is all there still: only then may it
     *                 take that over unread
     * @param hooks    that the client calls; where there is a dump, its output is what is saved
     */
    record Collect(JobId job, SnapshotId snapshot, ClientName client, SaveSet saveSet, StreamSource stream, PoolProfile pool,
            SnapshotId parent, NodeAccess node, List<RawPath> never, boolean dryRun, int attempt, boolean goesOn, Hooks hooks)
            implements ClientOrder {

        /** Without hooks. */
        public Collect(JobId job, SnapshotId snapshot, ClientName client, SaveSet saveSet, StreamSource stream, PoolProfile pool,
                SnapshotId parent, NodeAccess node, List<RawPath> never, boolean dryRun, int attempt, boolean goesOn) {
            this(job, snapshot, client, saveSet, stream, pool, parent, node, never, dryRun, attempt, goesOn, Hooks.NONE);
        }
    }

    /**
     * What a client must know of a pool.
     *
     * @param idKey            key of chunk ids, 32 bytes
     * @param epoch            number of the epoch key
     * @param epochKey         public key that session keys are sealed to
     * @param compressionLevel zstd level
     */
    record PoolProfile(PoolName pool, byte[] idKey, int epoch, byte[] epochKey, ChunkSizes chunkSizes, int compressionLevel) {}

    /** The snapshot is in the catalog: its trees may serve as the next one's parent. */
    record Committed(JobId job, SnapshotId snapshot) implements ClientOrder {}

    /**
     * Restore what comes in {@link RestoreBatch}es on the data stream that the server opens with
     * {@link StreamOpening.RestoreBatches}. The client ends with {@link ClientReport.Restored} or
     * {@link ClientReport.JobFailed}.
     *
     * @param target an absolute directory; made if it is not there. A saved path lands below it.
     * @param dryRun only name what would be kept
     * @param earlier null if this is the first attempt
     * @param client  whose data it is
     * @param hooks   that the client calls; no dump
     * @param asItLies whether the plan is in the order of the medium: directories come first, then parts of files in any order
     */
    record Restore(JobId job, PoolName pool, NodeAccess node, RawPath target, Overwrite overwrite, boolean dryRun, Earlier earlier,
            ClientName client, Hooks hooks, boolean asItLies) implements ClientOrder {

        /** In tree order. */
        public Restore(JobId job, PoolName pool, NodeAccess node, RawPath target, Overwrite overwrite, boolean dryRun, Earlier earlier,
                ClientName client, Hooks hooks) {
            this(job, pool, node, target, overwrite, dryRun, earlier, client, hooks, false);
        }

        /** Without hooks, in tree order. */
        public Restore(JobId job, PoolName pool, NodeAccess node, RawPath target, Overwrite overwrite, boolean dryRun, Earlier earlier) {
            this(job, pool, node, target, overwrite, dryRun, earlier, null, Hooks.NONE, false);
        }
    }

    /**
     * What is known of attempts at the same restore that were cut off.
     *
     * @param age   seconds since the first of them began, at most: what they made in the target is not older
     * @param point how far they came, null if that is not known
     */
    record Earlier(long age, RestorePoint point) {}

    /**
     * Rehearse a restore: restore what comes in {@link RestoreBatch}es, as for {@link Restore}, into a scratch place of the client's own, read everything back from
     * there, and compare it with the chunks as they were opened and with the plan. What does not fit there at once comes in portions. Nothing of it stays. The client
     * ends with {@link ClientReport.Rehearsed} or {@link ClientReport.JobFailed}.
     *
     * @param idKey    key of the pool's chunk ids, 32 bytes: each chunk is held against its id
     * @param asItLies whether the plan is in the order of the medium
     * @param keep     whether the last portion stays, for people to look at, until the client's next start
     */
    record Drill(JobId job, PoolName pool, NodeAccess node, byte[] idKey, boolean asItLies, boolean keep) implements ClientOrder {}

    /**
     * Read packs from the node, open every chunk and compare what is in it with its id, and keep nothing of it. Which packs comes in
     * {@link CheckBatch}es on the data stream that the server opens with {@link StreamOpening.CheckBatches}. Each is answered with
     * {@link ClientReport.Checked}. When the server has ended its sending, the client ends its own, and with that the job; else with
     * {@link ClientReport.JobFailed}.
     *
     * @param idKey key of the pool's chunk ids, 32 bytes
     */
    record CheckContent(JobId job, PoolName pool, NodeAccess node, byte[] idKey) implements ClientOrder {}

    /**
     * Let a command on this host read a snapshot as a file system. What it asks for is asked of the server on the data stream that comes with
     * {@link StreamOpening.MountQuestions}; content is read from the node. The client ends with {@link ClientReport.Unmounted} when the command has, or with
     * {@link ClientReport.JobFailed}.
     *
     * @param stream the number that the client gave the command
     */
    record Mount(JobId job, PoolName pool, NodeAccess node, long stream) implements ClientOrder {}

    /**
     * From now on this job sends and receives no more bytes a second than this, chunks and tree pages counted. Comes before the job's own order,
     * and again when it changes; without one there is no bound.
     *
     * @param ofJob    of this job; 0: no bound
     * @param ofClient of all jobs of this client together; 0: no bound
     */
    record Limit(JobId job, long ofJob, long ofClient) implements ClientOrder {}

    /**
     * Stop this job within seconds; nothing more is sent for it.
     *
     * @param goesOn whether it is going to be ordered again: what helps then may stay
     */
    record Cancel(JobId job, boolean goesOn) implements ClientOrder {}
}
