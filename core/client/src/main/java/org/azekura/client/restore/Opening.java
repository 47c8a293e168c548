package org.azekura.client.restore;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.client.job.Breaker;

/**
 * Receives chunks on one thread of its own, opens them on others, and hands them over in the order in which they came on the caller's: so
 * what has come is written while the next is waited for. After a failure it can only be closed. One caller at a time.
 */
final class Opening implements AutoCloseable {

    /** What chunks may weigh together that have come and are not written; one alone may always. */
    static final int BUDGET_BYTES = 24 << 20;
    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    /** It takes milliseconds: one that takes this long stands still. */
    private static final Duration OPEN_TIME = Duration.ofMinutes(5);
    /** Longer than a receiver waits for a medium. */
    private static final Duration WAIT_TIME = Duration.ofMinutes(20);

    private sealed interface Step permits Chunk, End {}

    /** @param plain gives null if the chunk is damaged */
    private record Chunk(ChunkId id, int stored, int weight, Future<byte[]> plain) implements Step {}

    /** @param why null if all have come */
    private record End(Throwable why) implements Step {}

    /** Adds chunks until there are no more. */
    @FunctionalInterface
    interface Receiver {
        void run() throws BackupException;
    }

    private final String what;
    private final Breaker breaker;
    private final ExecutorService threads;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(BUDGET_BYTES);

    /** @param what for the names of its threads */
    Opening(String what, Breaker breaker) {
        this.what = what;
        this.breaker = breaker;
        this.threads = Executors.newFixedThreadPool(1 + THREADS, Thread.ofPlatform().daemon().name(what + " opens ", 1).factory());
    }

    /** Hands over whatever the receiver adds; it runs on another thread, and its failure is thrown here behind what it has added before. */
    void run(Receiver receiver, ChunkSource.Taker taker) throws BackupException {
        threads.execute(() -> {
            Throwable why = null;
            try {
                receiver.run();
            } catch (BackupException | RuntimeException | Error e) {
                why = e;
            }
            steps.add(new End(why));
        });
        while (true) {
            switch (next()) {
                case Chunk chunk -> {
                    breaker.check();
                    taker.take(chunk.id, plain(chunk), chunk.stored);
                    room.release(chunk.weight);
                }
                case End(Throwable why) -> {
                    end(why);
                    return;
                }
            }
        }
    }

    private void end(Throwable why) throws BackupException {
        switch (why) {
            case null -> { }
            // Once more, so that it shows where it was waited for, too.
            case BackupException known -> throw new BackupException(known.failure(), known);
            default -> throw BackupException.bug(what, why);
        }
    }

    /**
     * Takes a chunk as soon as there is room; for the receiver.
     *
     * @param stored bytes that were read for it
     * @param weight bytes it takes until it is written
     * @param open   gives the content, null if it is damaged
     */
    void add(ChunkId id, int stored, int weight, Callable<byte[]> open) throws BackupException {
        int taken = Math.min(weight, BUDGET_BYTES);
        try {
            if (!room.tryAcquire(taken, WAIT_TIME.toSeconds(), TimeUnit.SECONDS)) {
                throw stuck(id, "waited " + WAIT_TIME + " for room: the target takes nothing");
            }
        } catch (InterruptedException e) {
            throw interrupted(id.toString(), e);
        }
        steps.add(new Chunk(id, stored, taken, threads.submit(open)));
    }

    /** Takes a chunk that cannot be opened; for the receiver. */
    void addDamaged(ChunkId id, int stored) {
        steps.add(new Chunk(id, stored, 0, CompletableFuture.completedFuture(null)));
    }

    private Step next() throws BackupException {
        try {
            Step next = steps.poll(WAIT_TIME.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw BackupException.network("transport.timeout", what, what + " got no chunk for " + WAIT_TIME, null);
            }
            return next;
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    private byte[] plain(Chunk chunk) throws BackupException {
        try {
            return chunk.plain.get(OPEN_TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw BackupException.bug("chunk " + chunk.id, e.getCause());
        } catch (TimeoutException e) {
            throw stuck(chunk.id, "was not opened within " + OPEN_TIME + ": the machine stands still or is far overloaded");
        } catch (InterruptedException e) {
            throw interrupted(chunk.id.toString(), e);
        }
    }

    private static BackupException stuck(ChunkId id, String how) {
        return new BackupException(new Failure("job.stuck", Failure.Kind.DEVICE, true, id.toString(), "chunk " + id + " " + how));
    }

    private BackupException interrupted(String subject, InterruptedException e) {
        Thread.currentThread().interrupt();
        return BackupException.network("job.interrupted", subject, what + " was interrupted", e);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
