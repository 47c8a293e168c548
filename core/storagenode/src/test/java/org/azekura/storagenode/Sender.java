package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.transport.Stream;

/** A client that sends frames of data and of tree pages as long as a test wants, and remembers them. */
final class Sender implements AutoCloseable {

    private static final int MOST = 30_000;

    private final NodeBench bench;
    private final NodeBench.Client client;
    private final List<ChunkId> chunks = new ArrayList<>();
    private final List<ByteBuffer> frames = new ArrayList<>();
    private final Stream stream;
    private final Thread thread;
    /** What was sent and nobody has awaited. */
    private final Semaphore sent = new Semaphore(0);
    private volatile boolean stop;
    private volatile BackupException failure;

    Sender(NodeBench bench, int job) throws BackupException {
        this.bench = bench;
        client = bench.client(job);
        stream = client.storeStream();
        thread = Thread.ofVirtual().start(this::send);
    }

    private void send() {
        try {
            while (!stop && chunks.size() < MOST) {
                ChunkId chunk = bench.frames.id();
                ByteBuffer frame = chunks.size() % 5 == 4 ? bench.frames.tree(client.session, chunk, 2_000) : bench.frames.data(client.session, chunk, 2_000);
                chunks.add(chunk);
                frames.add(frame.duplicate());
                stream.send(frame, NodeBench.LONG);
                sent.release();
            }
            stream.endSending();
        } catch (BackupException e) {
            failure = e;
            sent.release(MOST);
        }
    }

    /** Waits until so many more were sent, beyond those that were awaited and those that were sent meanwhile. */
    void awaitMore(int more) throws InterruptedException {
        sent.drainPermits();
        assertTrue(sent.tryAcquire(more, 120, TimeUnit.SECONDS) && failure == null, () -> "sent " + chunks.size() + ", failed: " + failure);
    }

    /** Ends, and reads all of it back. */
    void assertAllThere() throws Exception {
        stop = true;
        thread.join(20_000);
        client.flush();
        assertEquals(frames, client.read(chunks), "seed " + bench.seed);
    }

    @Override
    public void close() {
        stop = true;
        client.close();
    }
}
