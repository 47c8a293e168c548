package org.azekura.server.trees;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One platform thread that waits for the disk, so that no virtual thread does and no interrupt closes a channel. Thread-safe. */
final class Syncer {

    private static final int TIMEOUT_S = 300;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("azekura-trees-sync").factory());

    /** What waits for the disk. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Runs this after what came before, and waits for it. */
    void run(Work work) throws IOException {
        Callable<Void> call = () -> {
            work.run();
            return null;
        };
        try {
            Future<Void> done = thread.submit(call);
            done.get(TIMEOUT_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the disk did not answer within " + TIMEOUT_S + " s", e);
        } catch (RejectedExecutionException e) {
            throw new IOException("the store is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the disk");
        }
    }

    void close() {
        thread.shutdown();
    }
}
