package org.azekura.storagenode.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.RecallAnswer;
import org.azekura.api.message.RecallOrder;
import org.azekura.api.message.Ticket;
import org.azekura.api.transport.Connection;
import org.azekura.storagenode.index.JobPins;
import org.azekura.storagenode.pool.CartridgePlaces;
import org.azekura.storagenode.pool.Pool;
import org.azekura.storagenode.pool.Reliance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that the server has let a client use a volume for. */
public final class NodeJob {

    private static final Duration END = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(NodeJob.class);

    private final NodeOrder.PrepareVolume order;
    private final Pool pool;
    private final JobPins pins;
    private final Reliance reliance;
    private final JobPacks packs;
    private final Allowances allowances;
    private Allowances.Share share;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final RecentFrames recent = new RecentFrames();
    private final ToldSessions told = new ToldSessions();
    private final ExpectedReads expected;
    private volatile boolean ended;

    public NodeJob(NodeOrder.PrepareVolume order, Pool pool, JobPacks.Reports reports, Allowances allowances, PackEntries entries) {
        this.order = order;
        this.pool = pool;
        this.allowances = allowances;
        this.expected = new ExpectedReads(order.job());
        this.pins = pool.index().pins();
        this.reliance = new Reliance(pool, pins);
        this.packs = new JobPacks(order.job(), pool, order.trustGroup(), pins, reports, entries);
    }

    public NodeOrder.PrepareVolume order() {
        return order;
    }

    public Pool pool() {
        return pool;
    }

    Reliance reliance() {
        return reliance;
    }

    public RecentFrames recent() {
        return recent;
    }

    public ToldSessions told() {
        return told;
    }

    /** Has a cartridge in a drive, in which it is left for this job as long as another drive will do for others. */
    public RecallAnswer.Recall order(RecallOrder.OrderRecall recall) throws BackupException {
        expected.begin(CartridgePlaces.recall(pool), recall.volume(), recall.instead());
        return CartridgePlaces.order(pool, recall);
    }

    /** What its clients may do, and nothing else. */
    Ticket.Direction direction() {
        return order.trustGroup() == null ? Ticket.Direction.CHECK : order.write() ? Ticket.Direction.STORE : Ticket.Direction.READ;
    }

    /** @throws BackupException {@code ticket.direction} if its clients may not do this */
    public void require(Ticket.Direction wanted) throws BackupException {
        if (direction() != wanted) {
            throw BackupException.operator("ticket.direction", order.job().toString(), "the ticket for job " + order.job() + " is to "
                    + direction().word() + ", not to " + wanted.word());
        }
    }

    /** @throws BackupException {@code ticket.direction} */
    public JobPacks packs() throws BackupException {
        require(Ticket.Direction.STORE);
        return packs;
    }

    /** Null if the job may only read. */
    public JobPacks writes() {
        return direction() == Ticket.Direction.STORE ? packs : null;
    }

    /** Whether nobody wants anything of it any more. */
    public boolean isEnded() {
        return ended;
    }

    /** Whether nothing more can be written for it. */
    boolean hasFailed() {
        return packs.hasFailed();
    }

    public ChunkAnswer.Known known(List<ChunkId> chunks) throws BackupException {
        require(Ticket.Direction.STORE);
        byte[] bits = new byte[(chunks.size() + 7) / 8];
        for (int i = 0; i < chunks.size(); i++) {
            if (packs.known(chunks.get(i))) {
                bits[i >> 3] |= (byte) (1 << (i & 7));
            }
        }
        return new ChunkAnswer.Known(bits);
    }

    /** The chunks that can't be read; the packs of the others stay until the job ends. */
    public List<ChunkId> missing(List<ChunkId> chunks) throws BackupException {
        List<ChunkId> missing = new ArrayList<>();
        for (ChunkId chunk : chunks) {
            if (!pool.index().known(pins, order.trustGroup(), chunk)) {
                missing.add(chunk);
            }
        }
        return missing;
    }

    /**
     * Lets in a client. Its connection ends with the job.
     *
     * @throws BackupException {@code ticket.foreign} if the server has prepared another use
     */
    public void admit(Ticket ticket, Connection connection) throws BackupException {
        if (!ticket.pool().equals(order.pool()) || !ticket.holder().equals(order.client()) || ticket.direction() != direction()
                || !Objects.equals(ticket.trustGroup(), order.trustGroup())) {
            throw BackupException.operator("ticket.foreign", order.job().toString(), "the ticket for job " + order.job()
                    + " is not for what the server has prepared here");
        }
        if (ticket.direction() == Ticket.Direction.STORE) {
            draw(ticket);
        }
        connections.add(connection);
        if (ended) {
            connection.close();
        }
    }

    private synchronized void draw(Ticket ticket) {
        if (share == null) {
            share = allowances.share(ticket.owner());
            packs.allow(share);
        }
        share.renew(ticket);
    }

    private synchronized void giveBack() {
        if (share != null) {
            share.close();
        }
    }

    public void detach(Connection connection) {
        connections.remove(connection);
    }

    /** Ends in bounded time; what a hung device still holds is let go when it wakes up. */
    void end() {
        ended = true;
        expected.end();
        new ArrayList<>(connections).forEach(Connection::close);
        Thread ending = Thread.ofVirtual().name("job " + order.job() + " ends").start(packs::end);
        try {
            if (!ending.join(END)) {
                LOG.warn("job={} ends, but its device has not answered for {} s", order.job(), END.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        giveBack();
        pool.release(pins);
    }
}
