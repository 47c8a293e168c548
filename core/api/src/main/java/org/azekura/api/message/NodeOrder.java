package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;

/** What the backup server orders from a storage node. All are asked. */
public sealed interface NodeOrder extends Message permits
        NodeOrder.Distrust, NodeOrder.PrepareVolume, NodeOrder.CallClient, NodeOrder.EndJob, DeviceOrder, DriverOrder, PoolOrder, ChunkOrder,
        RecallOrder, PackOrder, PruneOrder, VolumeOrder, CopyOrder, HealOrder, LibraryOrder, LockOrder, ThawOrder {

    /**
     * Trust these certificates no longer; all of them are told each time. Answer: {@link Answer.Done}, when no connection with them is left.
     *
     * @param serials as {@link org.azekura.api.transport.Transport#distrust} takes them
     */
    record Distrust(List<String> serials) implements NodeOrder {}

    /**
     * Load and check the volume for a job, and let this client use it. Answer: {@link PoolAnswer.VolumeReady}.
     *
     * @param client    who may use it
     * @param trustGroup whose chunks are known to this client; null: it may read every pack, by {@link StreamOpening.ReadPack} alone, and
     *                   not write
     * @param write     whether the client may add, else only read
     */
    record PrepareVolume(JobId job, PoolName pool, ClientName client, TrustGroup trustGroup, boolean write) implements NodeOrder {}

    /**
     * Dial this client, which may not dial the node; it opens a job that was prepared for it on that connection. Answer: {@link Answer.Done}
     * when it is reached.
     */
    record CallClient(ClientName client, Endpoint at) implements NodeOrder {}

    /**
     * The job is over, however it ended: nobody uses the volume for it any more. Unfinished packs are dropped; finished ones
     * stay, and their chunks are known from now on, so that a job that was cut off is quickly done again. Answer:
     * {@link Answer.Done}.
     */
    record EndJob(JobId job) implements NodeOrder {}
}
