package org.azekura.storagenode.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.message.Ticket;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.job.JobPacks;
import org.azekura.storagenode.job.NodeJob;
import org.azekura.storagenode.job.NodeJobs;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection: one ticket, one job. Whatever the ticket does not name is refused. */
public final class ClientTalk {

    private static final Duration PREPARED = Duration.ofSeconds(60);
    private static final Duration OPENING = Duration.ofSeconds(60);
    /** How long {@link NodeRequest.FlushJob} may have to wait for its turn to look for streams. */
    private static final Duration TURN = Duration.ofMillis(50);
    /** Refusals of one connection that the log tells of. */
    private static final int MAX_TOLD = 20;
    /** Data streams at once; a client needs one or two. */
    private static final int MAX_STREAMS = 64;
    private static final Logger LOG = LoggerFactory.getLogger(ClientTalk.class);

    private final Connection connection;
    private final NodeJobs jobs;
    private final TicketCheck tickets;
    private final Semaphore streams = new Semaphore(MAX_STREAMS);
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicBoolean opened = new AtomicBoolean();
    private final ReentrantLock accepting = new ReentrantLock(true);
    private volatile NodeJob job;

    public ClientTalk(Connection connection, NodeJobs jobs, TicketCheck tickets) {
        this.connection = connection;
        this.jobs = jobs;
        this.tickets = tickets;
    }

    /** Serves the client until the connection ends. */
    public void run() {
        Conversation conversation = new Conversation(connection, this::receive).start();
        try {
            while (!conversation.ended().isDone()) {
                accept(TURN);
            }
        } catch (BackupException e) {
            LOG.debug("client {}: {}", connection.peer(), e.getMessage());
        } finally {
            conversation.close();
            if (job != null) {
                job.detach(connection);
            }
        }
    }

    private Answer receive(Message message) throws BackupException {
        try {
            return answer(message);
        } catch (BackupException e) {
            if (e.failure().code().matches("ticket\\..*|message\\..*|job\\.(foreign|unknown)")) {
                refused(message.getClass().getSimpleName(), e);
            }
            throw e;
        }
    }

    /** An operator wants to know of who asks for what he may not; who asks all the time shall not fill the disk by that. */
    private void refused(String what, BackupException why) {
        if (refusals.incrementAndGet() <= MAX_TOLD) {
            NodeJob mine = job;
            LOG.warn("peer={} job={} {} not done: {}: {}", connection.peer(), mine == null ? why.failure().subject() : mine.order().job(), what,
                    why.failure().code(), why.getMessage());
        }
    }

    private Answer answer(Message message) throws BackupException {
        if (message instanceof NodeRequest request) {
            return switch (request) {
                case NodeRequest.OpenJob open -> open(open.ticket());
                case NodeRequest.OpenCopy open -> throw BackupException.operator("job.foreign", open.job().toString(), "only a storage node opens a copy");
                case NodeRequest.ChunksKnown question -> job(question.job()).known(named(question.chunks()));
                case NodeRequest.FlushJob flush -> flush(flush);
            };
        }
        throw new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, connection.peer(),
                "a storage node does not take " + message.getClass().getSimpleName() + " from a client"));
    }

    private Answer open(SignedTicket signed) throws BackupException {
        if (opened.getAndSet(true)) {
            throw BackupException.operator("ticket.second", connection.peer(), "the connection of " + connection.peer()
                    + " has presented a ticket before; every ticket needs one of its own");
        }
        Ticket ticket = tickets.take(signed, connection.peer());
        NodeJob found = jobs.await(ticket.job(), ticket.pool(), PREPARED);
        found.admit(ticket, connection);
        job = found;
        LOG.info("job={} peer={} may {}", ticket.job(), connection.peer(), ticket.direction().word());
        return new Answer.Done();
    }

    private List<ChunkId> named(List<ChunkId> chunks) throws BackupException {
        if (chunks == null) {
            throw BackupException.corrupt("message.corrupt", connection.peer(), connection.peer() + " names no chunks where a list is expected");
        }
        return chunks;
    }

    private NodeJob job(JobId id) throws BackupException {
        NodeJob mine = job;
        if (mine == null || !mine.order().job().equals(id)) {
            throw foreign(id);
        }
        return mine;
    }

    private BackupException foreign(JobId id) {
        return BackupException.operator("job.foreign", String.valueOf(id), "job " + id + " is not one that " + connection.peer() + " has opened here");
    }

    /**
     * The question may overtake data streams that the client opened before. So whatever can be accepted is accepted now, and taken
     * in before the answer.
     */
    private Answer flush(NodeRequest.FlushJob flush) throws BackupException {
        JobPacks packs = job(flush.job()).packs();
        while (accept(Duration.ZERO)) {
            LOG.debug("job={}: flush came before a data stream", flush.job());
        }
        return new ChunkAnswer.Flushed(packs.flush());
    }

    /** Whether a data stream came; it counts from here on, also before its opening is read. */
    private boolean accept(Duration timeout) throws BackupException {
        accepting.lock();
        try {
            Stream stream = connection.accept(timeout);
            if (stream == null) {
                throw BackupException.network("transport.closed", connection.peer(), "the connection of " + connection.peer() + " is closed", null);
            }
            NodeJob mine = job;
            if (mine == null || !streams.tryAcquire()) {
                refused("data stream", BackupException.operator("stream.refused", connection.peer(), mine == null
                        ? "no ticket has opened this connection" : "there are " + MAX_STREAMS + " already"));
                stream.close();
            } else {
                begin(mine, stream);
            }
            return true;
        } catch (BackupException e) {
            if (e.failure().code().equals("transport.timeout")) {
                return false;
            }
            throw e;
        } finally {
            accepting.unlock();
        }
    }

    private void begin(NodeJob mine, Stream stream) {
        StreamCount count = new StreamCount(mine);
        Thread.ofVirtual().name("job " + mine.order().job() + " data stream").start(() -> {
            try (stream; count) {
                ByteBuffer first = stream.receive(OPENING);
                if (first != null) {
                    serve(mine, MessageCodec.decode(first, StreamOpening.class), stream, count);
                }
            } catch (BackupException e) {
                refused("data stream", e);
            } catch (RuntimeException e) {
                LOG.error("job={} data stream of {}", mine.order().job(), connection.peer(), e);
            } finally {
                streams.release();
            }
        });
    }

    private void serve(NodeJob mine, StreamOpening opening, Stream stream, StreamCount count) throws BackupException {
        switch (opening) {
            case StreamOpening.StoreChunks store -> {
                job(store.job());
                StoreStream.run(mine.packs(), store, stream);
            }
            case StreamOpening.ReadChunks read -> {
                count.close();
                job(read.job());
                ReadStream.ofBest(mine, stream).run(named(read.chunks()));
            }
            case StreamOpening.ReadPack read -> {
                count.close();
                job(read.job());
                ReadStream.ofPack(mine, read.pack(), stream).run(named(read.chunks()));
            }
            case StreamOpening.SendPack pack -> throw unexpected(pack);
            case StreamOpening.CheckBatches batches -> throw unexpected(batches);
            case StreamOpening.MountQuestions questions -> throw unexpected(questions);
            case StreamOpening.StoreTrees trees -> throw unexpected(trees);
            case StreamOpening.RestoreBatches batches -> throw unexpected(batches);
            case StreamOpening.RestoreQuestions questions -> throw unexpected(questions);
            case StreamOpening.StoreCheckpoint store -> throw unexpected(store);
            case StreamOpening.ReadCheckpoint read -> throw unexpected(read);
            case StreamOpening.StoreAudit store -> throw unexpected(store);
            case StreamOpening.ReadAudit read -> throw unexpected(read);
            case StreamOpening.ReadManifests read -> throw unexpected(read);
            case StreamOpening.ReadTrees read -> throw unexpected(read);
            case StreamOpening.ReadTreePacks read -> throw unexpected(read);
            case StreamOpening.StoreRegister store -> throw unexpected(store);
            case StreamOpening.BringPackage bring -> throw unexpected(bring);
        }
    }

    private BackupException unexpected(StreamOpening opening) {
        return new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, connection.peer(),
                "a storage node does not take a stream of " + opening.getClass().getSimpleName()));
    }

    /** Counts a stream among those that a flush waits for, once. */
    private static final class StreamCount implements AutoCloseable {

        private final JobPacks packs;
        private boolean counted;

        StreamCount(NodeJob job) {
            packs = job.writes();
            counted = packs != null;
            if (counted) {
                packs.streams(1);
            }
        }

        @Override
        public void close() {
            if (counted) {
                counted = false;
                packs.streams(-1);
            }
        }
    }
}
