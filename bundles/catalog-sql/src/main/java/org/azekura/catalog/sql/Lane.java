package org.azekura.catalog.sql;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.BackupException;
import org.azekura.api.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platform threads on which the database is called: a native call would hold a virtual thread's carrier. Callers wait, in
 * order of arrival. A caller whose work has begun is not let go before its end, because only then is it known whether its
 * change is there; one that waits for its turn is let go when interrupted or after a time-out.
 */
public final class Lane implements AutoCloseable {

    private static final int MAX_WAITING = 1024;
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final CatalogFault fault;
    private final Duration turnTimeout;
    private final ThreadPoolExecutor threads;
    private final ThreadGroup group;

    /** @param turnTimeout longest wait for a turn */
    public Lane(String name, int size, Duration turnTimeout, CatalogFault fault) {
        this.fault = fault;
        this.turnTimeout = turnTimeout;
        group = new ThreadGroup(name);
        threads = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().group(group).daemon().name(name + "-", 1).factory());
    }

    /** What to do on a thread of the lane. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws BackupException;
    }

    public <T> T run(Work<T> work) throws BackupException {
        AtomicBoolean claimed = new AtomicBoolean();
        FutureTask<T> task = new FutureTask<>(() -> claimed.compareAndSet(false, true) ? work.run() : null);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw threads.isShutdown() ? fault.closed() : busy(MAX_WAITING + " callers wait already");
        }
        return await(task, claimed);
    }

    private <T> T await(FutureTask<T> task, AtomicBoolean claimed) throws BackupException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return claimed.get() ? task.get() : task.get(turnTimeout.toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (claimed.compareAndSet(false, true)) {
                        throw fault.failure("interrupted", Kind.DEVICE, true, "the caller was interrupted while it waited", e);
                    }
                } catch (TimeoutException e) {
                    if (claimed.compareAndSet(false, true)) {
                        throw busy("no turn within " + turnTimeout);
                    }
                } catch (ExecutionException e) {
                    throw thrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What the work threw, as it was. */
    private static BackupException thrown(Throwable cause) {
        return switch (cause) {
            case BackupException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> BackupException.bug("catalog", cause);
        };
    }

    private BackupException busy(String why) {
        return fault.failure("busy", Kind.DEVICE, true, why + "; try again later", null);
    }

    /** Whether the current thread is of this lane. */
    public boolean isCurrent() {
        return Thread.currentThread().getThreadGroup() == group;
    }

    /** Takes nothing new, and waits a bounded time for what has begun or waits to come to its end. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("catalog {}: {} calls have not ended within {}", fault.place(), threads.getActiveCount(), CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
