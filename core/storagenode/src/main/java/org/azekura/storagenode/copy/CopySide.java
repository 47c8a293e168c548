package org.azekura.storagenode.copy;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.CopyOrder;
import org.azekura.storagenode.index.JobPins;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Reliance;
import org.azekura.wire.Conversation;

/** One side of a copy of packs from node to node: what the server has told of it, and the connection with the other side. Thread-safe. */
public final class CopySide {

    private final CopyOrder.BeginCopy order;
    private final Pool pool;
    private final JobPins pins;
    private final Reliance reliance;
    private final PackGiving giving;
    /** Guarded by this. */
    private Conversation link;
    /** Guarded by this. */
    private boolean ended;

    CopySide(CopyOrder.BeginCopy order, Pool pool) {
        this.order = order;
        this.pool = pool;
        this.pins = pool.index().pins();
        this.reliance = new Reliance(pool, pins);
        this.giving = order.gives() ? new PackGiving(order.job(), pool) : null;
    }

    CopyOrder.BeginCopy order() {
        return order;
    }

    Pool pool() {
        return pool;
    }

    public Reliance reliance() {
        return reliance;
    }

    JobPins pins() {
        return pins;
    }

    /** Whether this is for the same as that order. */
    boolean is(CopyOrder.BeginCopy other) {
        return order.gives() == other.gives() && order.peer().equals(other.peer()) && isSecret(other.secret());
    }

    /** Takes as long for a wrong one as for the right one. */
    boolean isSecret(byte[] told) {
        return told != null && MessageDigest.isEqual(order.secret(), told);
    }

    /** The chunks that can't be read here; the packs of the others stay until the copy ends. */
    public List<ChunkId> missing(TrustGroup group, List<ChunkId> chunks) throws BackupException {
        List<ChunkId> missing = new ArrayList<>();
        for (ChunkId chunk : chunks) {
            if (!pool.index().known(pins, group, chunk)) {
                missing.add(chunk);
            }
        }
        return missing;
    }

    /** From now on this is the way to the other side; one before it ends. Who gives serves it until it ends. */
    void attach(Conversation with) {
        Conversation before;
        boolean late;
        synchronized (this) {
            before = link;
            link = with;
            late = ended;
        }
        if (before != null) {
            before.close();
        }
        if (late) {
            with.close();
        } else if (giving != null) {
            Thread.ofVirtual().name("job " + order.job() + " gives packs").start(() -> giving.serve(with));
        }
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** @throws BackupException {@code job.ended}; {@code transport.closed} if the other side is not connected */
    synchronized Conversation link() throws BackupException {
        if (ended) {
            throw BackupException.operator("job.ended", order.job().toString(), "job " + order.job() + " has ended");
        }
        if (link == null || link.ended().isDone()) {
            throw BackupException.network("transport.closed", order.peer().value(), "storage node " + order.peer() + " is not connected for the copy of job "
                    + order.job(), null);
        }
        return link;
    }

    /** What is under way is given up; packs that are durable stay. */
    void end() {
        Conversation last;
        synchronized (this) {
            ended = true;
            last = link;
        }
        if (last != null) {
            last.close();
        }
        pool.release(pins);
    }
}
