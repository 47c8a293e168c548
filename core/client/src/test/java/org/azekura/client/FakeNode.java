package org.azekura.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeAccess;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.message.Ticket;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.FrameHeader;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;

/** A storage node that keeps frames in memory and serves any job. */
final class FakeNode implements AutoCloseable {

    /** For whom it takes chunks. */
    static final TrustGroup GROUP = new TrustGroup(1, 2);
    /** With a ticket that only the client reads. */
    static final NodeAccess ACCESS = new NodeAccess(new NodeName("fake"), new Endpoint("local", "node-test"), ticket());

    private static final Duration LONG = Duration.ofMinutes(2);

    final Map<ChunkId, ByteBuffer> frames = new ConcurrentHashMap<>();
    final List<FrameHeader> stored = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger read = new AtomicInteger();
    /** Chunks that can no longer be read. */
    final Map<ChunkId, Boolean> lost = new ConcurrentHashMap<>();
    /** Bytes of all frames that were ever taken. */
    final AtomicLong taken = new AtomicLong();
    /** Session keys as they came. */
    final Map<SessionId, byte[]> sealed = new ConcurrentHashMap<>();
    private volatile long durableEvery = 1 << 20;
    private volatile long cutAt = Long.MAX_VALUE;
    private final ReentrantReadWriteLock held = new ReentrantReadWriteLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile CountDownLatch stalled;
    private final CountDownLatch unread = new CountDownLatch(1);
    private volatile int readable = Integer.MAX_VALUE;
    private final Phaser streams = new Phaser(1);
    private final Transport.Listener listener;

    private static SignedTicket ticket() {
        ByteBuffer bytes = MessageCodec.encode(new Ticket(new JobId(1), new byte[Ticket.NONCE_BYTES], new ClientName("c1"), null, new NodeName("fake"),
                new PoolName("default"), Ticket.Direction.STORE, GROUP, -1, -1, Instant.EPOCH, Instant.EPOCH));
        byte[] ticket = new byte[bytes.remaining()];
        bytes.get(ticket);
        return new SignedTicket(ticket, new byte[64]);
    }

    FakeNode(Transport transport) throws BackupException {
        listener = transport.listen(ACCESS.endpoint().address(), "node/fake", this::serve);
    }

    /** From now on frames are durable, and said to be, whenever there are so many bytes. */
    void durableEvery(long bytes) {
        durableEvery = bytes;
    }

    /** After so many bytes in all, a data stream breaks off, and what of it is not durable is lost. */
    void cutAt(long bytes) {
        cutAt = bytes;
    }

    /** From now on jobs are not let in, until {@link #release} by the same thread. */
    void hold() {
        held.writeLock().lock();
    }

    void release() {
        held.writeLock().unlock();
    }

    /** From now on nothing more is taken from data streams. @return counted down when a client has met it */
    CountDownLatch stallStreams() {
        stalled = new CountDownLatch(1);
        return stalled;
    }

    /** From now on no more than this many chunks can be read. @return counted down when a client asks for more */
    CountDownLatch stallReads(int chunks) {
        readable = read.get() + chunks;
        return unread;
    }

    private void stall(CountDownLatch met) {
        if (met != null) {
            met.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serve(Connection connection) {
        try (Conversation conversation = new Conversation(connection, message -> answer(message)).start()) {
            while (!conversation.ended().isDone()) {
                Stream stream = connection.accept(LONG);
                if (stream == null) {
                    return;
                }
                streams.register();
                Thread.ofVirtual().start(() -> serve(connection, stream));
            }
        } catch (BackupException e) {
            System.err.println("fake node: " + e.getMessage());
        }
    }

    private Answer answer(Message message) {
        return switch ((NodeRequest) message) {
            case NodeRequest.OpenCopy copy -> throw new IllegalStateException("unexpected: " + copy);
            case NodeRequest.OpenJob open -> {
                held.readLock().lock();
                held.readLock().unlock();
                yield new Answer.Done();
            }
            case NodeRequest.ChunksKnown question -> known(question.chunks());
            case NodeRequest.FlushJob flush -> {
                streams.arriveAndAwaitAdvance();
                yield new ChunkAnswer.Flushed(stored.size());
            }
        };
    }

    private Answer known(List<ChunkId> chunks) {
        asked.addAndGet(chunks.size());
        byte[] bits = new byte[(chunks.size() + 7) / 8];
        for (int i = 0; i < chunks.size(); i++) {
            if (frames.containsKey(chunks.get(i))) {
                bits[i >> 3] |= (byte) (1 << (i & 7));
            }
        }
        return new ChunkAnswer.Known(bits);
    }

    private void serve(Connection connection, Stream stream) {
        try (stream) {
            switch (MessageCodec.decode(stream.receive(LONG), StreamOpening.class)) {
                case StreamOpening.StoreChunks store -> {
                    sealed.put(store.session(), store.sealedKey());
                    store(connection, stream);
                }
                case StreamOpening.ReadChunks reads -> {
                    for (ChunkId id : reads.chunks()) {
                        if (read.incrementAndGet() > readable) {
                            stall(unread);
                        }
                        ByteBuffer frame = lost.containsKey(id) ? null : frames.get(id);
                        stream.send(frame == null ? ByteBuffer.allocate(0) : frame.duplicate(), LONG);
                    }
                    stream.endSending();
                }
                case StreamOpening.ReadPack reads -> {
                    for (ChunkId id : reads.chunks()) {
                        stream.send(lost.containsKey(id) ? ByteBuffer.allocate(0) : frames.get(id).duplicate(), LONG);
                    }
                    stream.endSending();
                }
                case StreamOpening.MountQuestions questions -> throw new IllegalStateException("not for a node");
                case StreamOpening.CheckBatches batches -> throw new IllegalStateException("not for a node");
                case StreamOpening.StoreTrees trees -> throw new IllegalStateException("not for a node");
                case StreamOpening.StoreCheckpoint _, StreamOpening.ReadCheckpoint _, StreamOpening.ReadManifests _, StreamOpening.ReadTrees _, StreamOpening.SendPack _,
                        StreamOpening.BringPackage _, StreamOpening.StoreRegister _, StreamOpening.ReadTreePacks _, StreamOpening.StoreAudit _, StreamOpening.ReadAudit _ ->
                    throw new IllegalStateException("not for a client");
                case StreamOpening.RestoreBatches batches -> throw new IllegalStateException("not for a node");
                case StreamOpening.RestoreQuestions questions -> throw new IllegalStateException("not for a node");
            }
        } catch (BackupException e) {
            System.err.println("fake node: " + e.getMessage());
        } finally {
            streams.arriveAndDeregister();
        }
    }

    private void store(Connection connection, Stream stream) throws BackupException {
        List<ChunkId> unsafe = new ArrayList<>();
        long count = 0;
        long bytes = 0;
        for (ByteBuffer frame = stream.receive(LONG); frame != null; frame = stream.receive(LONG)) {
            stall(stalled);
            FrameHeader header = Frame.parse(frame).header();
            frames.put(header.id(), frame);
            stored.add(header);
            unsafe.add(header.id());
            count++;
            bytes += frame.remaining();
            if (taken.addAndGet(frame.remaining()) >= cutAt) {
                unsafe.forEach(frames::remove);
                connection.close();
                return;
            }
            if (bytes >= durableEvery) {
                unsafe.clear();
                bytes = 0;
                stream.send(MessageCodec.encode(new ChunkAnswer.Durable(count)), LONG);
            }
        }
        stream.endSending();
    }

    long stored(ChunkKind kind) {
        synchronized (stored) {
            return stored.stream().filter(h -> h.kind() == kind).count();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        listener.close();
    }
}
