package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;

/** The first frame of a data stream: says what follows. */
public sealed interface StreamOpening extends Message {

    /**
     * Client to node: every further frame is a sealed chunk, as it will stand in a pack. The node answers {@link ChunkAnswer.Durable}
     * from time to time until the client has ended its sending, then it ends its own.
     *
     * @param sealedKey the session's key, sealed to the pool's epoch key; it goes into the header of every pack
     */
    record StoreChunks(JobId job, SessionId session, byte[] sealedKey) implements StreamOpening {}

    /**
     * Client to server: every further frame is a sealed tree page. The server answers {@link ChunkAnswer.Durable} from time
     * to time. When the client has ended its sending, the server ends its
     * own once all pages are durable.
     */
    record StoreTrees(JobId job, SessionId session, byte[] sealedKey) implements StreamOpening {}

    /** Client to node: send these chunks, in this order. Each comes as one frame; an empty frame stands for one that can't be read. */
    record ReadChunks(JobId job, List<ChunkId> chunks) implements StreamOpening {}

    /**
     * Client to node: send these chunks as they lie in this pack, wherever else they lie. Each comes as one frame; an empty frame stands for
     * one that can't be read. Only for a job whose volume was prepared for no trust group.
     */
    record ReadPack(JobId job, PackId pack, List<ChunkId> chunks) implements StreamOpening {}

    /**
     * Node to node: send this pack. Comes back {@link PackAnswer.PackSize}, then its bytes, cut anyhow; fewer than that if it can't be read.
     *
     * @param pool of the side that gives
     */
    record SendPack(JobId job, PoolName pool, PackId pack) implements StreamOpening {}

    /**
     * Server to client: every further frame is a {@link RestoreBatch}. Where the plan is in the order of the medium the client answers each, once all of it was read
     * and is where it belongs, with an empty frame.
     */
    record RestoreBatches(JobId job) implements StreamOpening {}

    /**
     * Server to client, beside the batches: from here on the client sends a {@link RestoreQuestion} in each frame, and the server the {@link RestoreAnswer} to it. A
     * client that does not know this closes the stream, and then names what it can't read.
     */
    record RestoreQuestions(JobId job) implements StreamOpening {}

    /** Server to client: every further frame is a {@link CheckBatch}. */
    record CheckBatches(JobId job) implements StreamOpening {}

    /** Server to client: from here on the client sends a {@link MountQuestion} in each frame, and the server the {@link MountAnswer} to it. */
    record MountQuestions(JobId job) implements StreamOpening {}

    /**
     * Server to node: every further frame is a page of a checkpoint. When the server has ended its sending, the node ends its own once the
     * checkpoint is durable; of the older ones one is kept.
     */
    record StoreCheckpoint(PoolName pool) implements StreamOpening {}

    /**
     * Server to node: write a register beside the checkpoint that comes next; of a volume that has none the node writes nothing. Until it ends its sending the
     * node asks: a frame of ids of tree pages, {@code ChunkId.BYTES} each, is answered with as many frames, each a sealed page, or empty for one that nobody
     * needs or has; an empty frame is answered with the manifests of all snapshots of the pool, each in a frame, and an empty one behind them. What was written
     * is durable when the node ends its sending.
     */
    record StoreRegister(PoolName pool) implements StreamOpening {}

    /** Server to node: send the newest sound checkpoint of this pool's volume, cut anyhow; nothing if there is none. */
    record ReadCheckpoint(PoolName pool) implements StreamOpening {}

    /** Server to node: the next frame is a segment of the audit log. The node ends its sending once it is durable. */
    record StoreAudit(PoolName pool) implements StreamOpening {}

    /** Server to node: send the segments of the audit log that lie on this pool's volume. Each comes as one frame, an empty one if it is there and can't be read. */
    record ReadAudit(PoolName pool) implements StreamOpening {}

    /** Server to node: send the manifests that lie on this pool's volume. Each comes as one frame, an empty one if it is there and can't be read. */
    record ReadManifests(PoolName pool) implements StreamOpening {}

    /**
     * Server to node: send the sealed tree pages of this pool's volume, those that snapshots needed when its registers were written from these, the others pack
     * by pack. Each comes as one frame; damaged ones do not come.
     */
    record ReadTrees(PoolName pool) implements StreamOpening {}

    /** The same, all of them pack by pack: a register may lack one. */
    record ReadTreePacks(PoolName pool) implements StreamOpening {}

    /**
     * Server to node: every further frame is a part of a driver package. When the server has ended its sending, the node ends its own; what it has
     * then stays until {@link DriverOrder.ChangeDriver} has used it, or the connection ends.
     *
     * @param upload its name in that order, 32 hexadecimal digits of the server's choice
     * @param bytes  of the whole package
     */
    record BringPackage(String upload, long bytes) implements StreamOpening {}
}
