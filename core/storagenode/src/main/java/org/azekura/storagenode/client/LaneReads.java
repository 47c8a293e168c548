package org.azekura.storagenode.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;

/**
 * Reads chunks for one stream, cartridge by cartridge: from each in the order asked, one at a time and ahead of the sender as far as memory goes, from different
 * ones at the same time. So a tape is not wound back because two calls have overtaken each other. One caller; must be closed.
 *
 * @param <R> what reading gives
 */
final class LaneReads<R> implements AutoCloseable {

    /** What one cartridge may be ahead, in bytes; one chunk alone may always. */
    private static final int AHEAD = 16 << 20;
    /** Others may come first in a drive for hours; reading itself ends when no drive moves any more. */
    private static final Duration MOST = Duration.ofHours(5);

    private final String what;
    private final Map<ChunkId, CompletableFuture<R>> results = new HashMap<>();
    private final Map<ChunkId, Runnable> taken = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * One chunk to be read.
     *
     * @param lane equal for those on one cartridge
     */
    record Wanted(ChunkId chunk, Object lane, int bytes) {}

    /** Reads; blocks. */
    @FunctionalInterface
    interface Read<R> {
        R of(ChunkId chunk) throws BackupException;
    }

    /** Begins at once. @param what for names and messages */
    LaneReads(String what, List<Wanted> all, Read<R> read) {
        this.what = what;
        Map<Object, List<Wanted>> lanes = new LinkedHashMap<>();
        for (Wanted wanted : all) {
            lanes.computeIfAbsent(wanted.lane, lane -> new ArrayList<>()).add(wanted);
            results.put(wanted.chunk, new CompletableFuture<>());
        }
        lanes.forEach((lane, chunks) -> {
            Semaphore room = new Semaphore(AHEAD);
            chunks.forEach(wanted -> taken.put(wanted.chunk, () -> room.release(weight(wanted))));
            threads.add(Thread.ofVirtual().name(what + " reads " + lane).unstarted(() -> run(chunks, room, read)));
        });
        threads.forEach(Thread::start);
    }

    private static int weight(Wanted wanted) {
        return Math.min(AHEAD, wanted.bytes);
    }

    private void run(List<Wanted> chunks, Semaphore room, Read<R> read) {
        for (Wanted wanted : chunks) {
            CompletableFuture<R> result = results.get(wanted.chunk);
            try {
                room.acquire(weight(wanted));
                result.complete(read.of(wanted.chunk));
            } catch (BackupException | RuntimeException e) {
                chunks.forEach(one -> results.get(one.chunk).completeExceptionally(e));
                return;
            } catch (InterruptedException e) {
                return; // closed: nobody waits
            }
        }
    }

    /** Waits for one of them; each is taken once. */
    R take(ChunkId chunk) throws BackupException {
        try {
            return results.get(chunk).get(MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known ? new BackupException(known.failure(), known) : BackupException.bug(what, e.getCause());
        } catch (TimeoutException e) {
            throw BackupException.device("device.timeout", what, what + ": chunk " + chunk + " was not read within " + MOST.toHours() + " hours", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", what, what + " was interrupted", e);
        } finally {
            taken.get(chunk).run();
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
