package org.azekura.client.restore;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.message.RestorePoint;
import org.azekura.client.job.Tally;

/**
 * Makes durable from time to time what was restored and says so, beside the restore, which goes on meanwhile: one point at a time, and
 * none is waited for but the last. One thread.
 */
public final class Points implements AutoCloseable {

    /** What is restored anew after a cut, at most, but for the batch that was under way and what came while a point was made. */
    private static final long BYTES = 64 << 20;
    private static final long FILES = 20_000;
    private static final Duration SYNC_TIME = Duration.ofHours(1);
    private static final Duration CLOSE_TIME = Duration.ofSeconds(5);

    private final Keeper keeper;
    private final Sync sync;
    private final Tally tally;
    private final ExecutorService thread;
    private Future<?> latest;
    private long bytes;
    private long files;

    /** Keeps how far a restore is. */
    @FunctionalInterface
    public interface Keeper {

        /**
         * Durable at return. @param problems those that were found since the point before
         */
        void keep(RestorePoint point, List<PathProblem> problems) throws BackupException;
    }

    /** Makes everything durable that has been restored before. */
    @FunctionalInterface
    interface Sync {
        void run() throws BackupException;
    }

    /** A point and what was found since the one before. */
    record Reached(RestorePoint point, List<PathProblem> problems) {}

    /** @param keeper null if nobody keeps any */
    Points(String what, Keeper keeper, Sync sync, Tally tally) {
        this.keeper = keeper;
        this.sync = sync;
        this.tally = tally;
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(what + " keeps points").factory());
        begin();
    }

    private void begin() {
        bytes = tally.written();
        files = tally.files();
    }

    /**
     * A batch is through. @param reached how far the restore is; asked only if that is to be kept, may say null for not now
     *
     * @throws BackupException if a point before could not be kept
     */
    void after(Supplier<Reached> reached) throws BackupException {
        if (keeper == null || tally.written() - bytes < BYTES && tally.files() - files < FILES || latest != null && !latest.isDone()) {
            return;
        }
        end();
        Reached now = reached.get();
        if (now != null) {
            begin();
            latest = thread.submit(() -> {
                sync.run();
                keeper.keep(now.point, now.problems);
                return null;
            });
        }
    }

    /** Waits for the latest point. */
    void end() throws BackupException {
        if (latest == null) {
            return;
        }
        try {
            latest.get(SYNC_TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known ? new BackupException(known.failure(), known)
                    : BackupException.bug("keeping how far a restore is", e.getCause());
        } catch (TimeoutException e) {
            throw BackupException.device("target.sync", "", "what was restored was not durable within " + SYNC_TIME, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("job.interrupted", "", "a restore was interrupted", e);
        } finally {
            latest = null;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSE_TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
