package org.azekura.client.collect;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.JobId;
import org.azekura.client.cache.CacheWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps how far a backup has come, so that its job can go on from there. The reader cuts; a cut is kept as soon as everything that was
 * handed on before it is safe. What cannot be kept costs no more than reading again, so it never ends a job.
 */
final class Checkpoints implements AutoCloseable {

    /** Cuts that wait; the node makes things durable every four of them or so. */
    private static final int MAX_WAITING = 64;
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** Makes a cut durable. */
    @FunctionalInterface
    interface Keeping {
        void keep(CacheWriter.Cut cut) throws IOException;
    }

    private record Waiting(CacheWriter.Cut cut, long number) {}

    private final JobId job;
    private final Safety safety;
    private final Keeping keeping;
    private final long every;
    private final long least;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Thread keeper;
    private boolean closed;
    private long cutAt;

    /**
     * @param every a cut is made after so many bytes
     * @param least a cut of fewer entries says less than what there is already
     */
    Checkpoints(JobId job, Safety safety, long every, long least, Keeping keeping) {
        this.job = job;
        this.safety = safety;
        this.every = every;
        this.least = least;
        this.keeping = keeping;
        safety.onProgress(this::signal);
        keeper = Thread.ofPlatform().daemon().name("checkpoints of job " + job).start(this::run);
    }

    /** Called for each chunk: the keeper is not woken for nothing. */
    private void signal() {
        lock.lock();
        try {
            if (!waiting.isEmpty() && waiting.peek().number <= safety.safe()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is time to {@link #cut}. Reader only. */
    boolean due() {
        return safety.bytes() - cutAt >= every && hasRoom();
    }

    private boolean hasRoom() {
        lock.lock();
        try {
            return waiting.size() < MAX_WAITING;
        } finally {
            lock.unlock();
        }
    }

    /** Reader only, which has written everything in the cut and hands nothing on meanwhile. */
    void cut(CacheWriter.Cut cut) {
        cutAt = safety.bytes();
        lock.lock();
        try {
            if (cut.entries() >= least) {
                waiting.add(new Waiting(cut, safety.handed()));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (CacheWriter.Cut cut = next(); cut != null; cut = next()) {
                keeping.keep(cut);
                LOG.debug("job={} checkpoint: {} entries", job, cut.entries());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("job={} keeps no more checkpoints: {}", job, e.toString());
        }
    }

    /** The latest cut that is safe, waited for until the end; null behind the last. */
    private CacheWriter.Cut next() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                Waiting found = null;
                long safe = safety.safe();
                while (!waiting.isEmpty() && waiting.peek().number <= safe) {
                    found = waiting.remove();
                }
                if (found != null) {
                    return found.cut;
                }
                if (closed) {
                    return null;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the last cut that is safe by now is kept: a job that fails here may go on from it. It is not interrupted: that would close the file the cuts are in. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
