package org.azekura.storagenode.job;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.transport.Stream;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the sender of a data stream how many of its frames are durable, from the first on without a gap. Safe for any number of
 * threads.
 */
public final class Receipts {

    /** They are tiny: only a client that reads none of them leaves no room. */
    private static final Duration SEND = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Receipts.class);

    private final Stream stream;
    private final ReentrantLock lock = new ReentrantLock();
    /** Numbers of frames that are not durable, as they came. */
    private final Set<Long> unsafe = new LinkedHashSet<>();
    private long taken;
    private long told;
    private boolean ended;

    public Receipts(Stream stream) {
        this.stream = stream;
    }

    /** A frame has come. @return its number, for {@link #durable} */
    long take() {
        lock.lock();
        try {
            unsafe.add(++taken);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    void durable(long frame) {
        lock.lock();
        try {
            unsafe.remove(frame);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the sender what it can count on from now on; one that does not listen goes without. */
    void tell() {
        lock.lock();
        try {
            long durable = unsafe.isEmpty() ? taken : unsafe.iterator().next() - 1;
            if (!ended && durable > told) {
                stream.send(MessageCodec.encode(new ChunkAnswer.Durable(durable)), SEND);
                told = durable;
            }
        } catch (BackupException e) {
            LOG.debug("a client is not told what is durable: {}", e.getMessage());
            ended = true;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is told. */
    public void end() throws BackupException {
        lock.lock();
        try {
            ended = true;
            stream.endSending();
        } finally {
            lock.unlock();
        }
    }
}
