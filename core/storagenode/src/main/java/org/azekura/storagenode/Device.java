package org.azekura.storagenode;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;

/**
 * A device and the few platform threads that may be blocked in it: a hung device costs its own jobs, nobody else. Callers wait,
 * each under a time-out, so the queue is as long as there are callers.
 */
final class Device {

    /** Calls that may be going on at once. */
    static final int THREADS = 4;
    private static final int MAX_WAITING = 1024;
    private static final Set<String> GONE = Set.of("device.closed", "device.timeout", "device.interrupted", "device.busy", "device.unknown");

    private final DeviceName name;
    private final BlobStore store;
    private final ThreadPoolExecutor threads;

    private Device(DeviceName name, BlobStore store, ThreadPoolExecutor threads) {
        this.name = name;
        this.store = store;
        this.threads = threads;
    }

    Device(DeviceName name, BlobStore store) {
        this.name = name;
        this.store = store;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING),
                work -> Thread.ofPlatform().daemon().name("device " + name + " " + number.incrementAndGet()).unstarted(work));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Something a device does; it may block. */
    @FunctionalInterface
    interface Work<T> {
        T on(BlobStore store) throws BackupException;
    }

    /** A call that was begun. */
    interface Call<T> {
        /** Waits for its end. */
        T await() throws BackupException;
    }

    /** Whether this says that the device does not answer, and nothing of what is on it. */
    static boolean isGone(BackupException problem) {
        return GONE.contains(problem.failure().code());
    }

    /** A part of it that is a volume of its own; it shares the threads and goes with the device. */
    Device within(String folder) {
        return new Device(name, new FolderStore(store, folder), threads);
    }

    DeviceName name() {
        return name;
    }

    BlobStore store() {
        return store;
    }

    /**
     * Does this and waits for it.
     *
     * @param doing for the message of a time-out, like {@code write pack 3f2a}
     * @throws BackupException what the work throws; {@code device.timeout}: it may still be going on
     */
    <T> T call(String doing, Duration timeout, Work<T> work) throws BackupException {
        return begin(doing, timeout, work).await();
    }

    /** Like {@link #call}, but the caller waits later. */
    <T> Call<T> begin(String doing, Duration timeout, Work<T> work) throws BackupException {
        Future<T> future;
        try {
            future = threads.submit(() -> work.on(store));
        } catch (RejectedExecutionException e) {
            throw threads.isShutdown() ? closed()
                    : BackupException.device("device.busy", name.value(), "device " + name + " has " + MAX_WAITING + " calls waiting", e);
        }
        return () -> await(doing, timeout, future);
    }

    private <T> T await(String doing, Duration timeout, Future<T> future) throws BackupException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackupException failure) {
                throw failure;
            }
            throw BackupException.bug("device " + name + ": " + doing, e.getCause());
        } catch (TimeoutException e) {
            throw BackupException.device("device.timeout", name.value(),
                    "device " + name + " did not " + doing + " within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", name.value(), "interrupted while device " + name + " had to " + doing, e);
        }
    }

    BackupException closed() {
        return BackupException.device("device.closed", name.value(), "device " + name + " is gone", null);
    }

    /** No call begins any more; those that wait are still tried. */
    void close() {
        threads.shutdown();
    }
}
