package org.azekura.storagenode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.transport.Connection;
import org.azekura.storagenode.index.JobPins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that the server has let a client use a volume for. */
final class NodeJob {

    private static final Duration END = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(NodeJob.class);

    private final NodeOrder.PrepareVolume order;
    private final Pool pool;
    private final JobPins pins;
    private final JobPacks packs;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    NodeJob(NodeOrder.PrepareVolume order, Pool pool, JobPacks.Reports reports, PackEntries entries) {
        this.order = order;
        this.pool = pool;
        this.pins = pool.index().pins();
        this.packs = new JobPacks(order.job(), pool, order.trustGroup(), pins, reports, entries);
    }

    NodeOrder.PrepareVolume order() {
        return order;
    }

    Pool pool() {
        return pool;
    }

    /** @throws BackupException {@code job.readonly} */
    JobPacks packs() throws BackupException {
        if (!order.write()) {
            throw BackupException.operator("job.readonly", order.job().toString(), "job " + order.job() + " may only read from pool " + order.pool());
        }
        return packs;
    }

    /** Null if the job may only read. */
    JobPacks writes() {
        return order.write() ? packs : null;
    }

    /** Whether nothing more can be written for it. */
    boolean hasFailed() {
        return packs.hasFailed();
    }

    Answer.Known known(List<ChunkId> chunks) throws BackupException {
        if (order.trustGroup() == null) {
            throw BackupException.operator("job.foreign", order.job().toString(), "job " + order.job() + " may not ask for chunks");
        }
        byte[] bits = new byte[(chunks.size() + 7) / 8];
        for (int i = 0; i < chunks.size(); i++) {
            if (packs.known(chunks.get(i))) {
                bits[i >> 3] |= (byte) (1 << (i & 7));
            }
        }
        return new Answer.Known(bits);
    }

    /** The chunks that can't be read; the packs of the others stay until the job ends. */
    List<ChunkId> missing(List<ChunkId> chunks) throws BackupException {
        List<ChunkId> missing = new ArrayList<>();
        for (ChunkId chunk : chunks) {
            if (!pool.index().known(pins, order.trustGroup(), chunk)) {
                missing.add(chunk);
            }
        }
        return missing;
    }

    /** The client's connection ends with the job. */
    void attach(Connection connection) {
        connections.add(connection);
        if (ended) {
            connection.close();
        }
    }

    void detach(Connection connection) {
        connections.remove(connection);
    }

    /** Ends in bounded time; what a hung device still holds is let go when it wakes up. */
    void end() {
        ended = true;
        new ArrayList<>(connections).forEach(Connection::close);
        Thread ending = Thread.ofVirtual().name("job " + order.job() + " ends").start(packs::end);
        try {
            if (!ending.join(END)) {
                LOG.warn("job={} ends, but its device has not answered for {} s", order.job(), END.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.release(pins);
    }
}
