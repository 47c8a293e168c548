package org.azekura.storagenode;

import java.time.Duration;
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
import org.azekura.storagenode.cartridge.LibraryStore;

/**
 * One service of a device, and the few platform threads that may be blocked in it: a hung device costs its own jobs, nobody else. Callers wait,
 * each under a time-out, so the queue is as long as there are callers.
 */
final class Served {

    /** Calls that may be going on at once; in a library, for each drive. */
    static final int THREADS = 4;
    private static final int MOST_DRIVES = 16;
    private static final int MAX_WAITING = 1024;
    /** So often in a row a driver may throw what it must not, before somebody is told. */
    private static final int MAX_UNEXPECTED = 3;

    private final DeviceName name;
    private final BlobStore store;
    private final DeviceGate gate;
    private final ThreadPoolExecutor threads;
    private final Crash crash;
    private final AtomicInteger unexpected = new AtomicInteger();
    /** Calls and spans that have begun; guarded by the gate. */
    int inside;
    /** What serves the same device with the same volumes in its place. */
    private volatile Served next;

    /** Told once that a device's driver throws again and again what nobody expects. Must return at once. */
    @FunctionalInterface
    interface Crash {
        void happened(DeviceName device, Throwable last);
    }

    Served(DeviceName name, BlobStore store, DeviceGate gate, Crash crash) {
        this.crash = crash;
        this.name = name;
        this.store = store;
        this.gate = gate;
        AtomicInteger number = new AtomicInteger();
        // Calls that wait for one drive shall not keep those from another.
        int most = store instanceof LibraryStore library ? THREADS * Math.min(MOST_DRIVES, library.library().drives().size()) : THREADS;
        this.threads = new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING),
                work -> Thread.ofPlatform().daemon().name("device " + name + " " + number.incrementAndGet()).unstarted(work));
        threads.allowCoreThreadTimeOut(true);
    }

    DeviceName name() {
        return name;
    }

    BlobStore store() {
        return store;
    }

    DeviceGate gate() {
        return gate;
    }

    /** This one, or what has taken its place. */
    Served last() {
        Served last = this;
        for (Served after = next; after != null; after = after.next) {
            last = after;
        }
        return last;
    }

    /** Calls that come here from now on go there. */
    void giveWayTo(Served to) {
        next = to;
    }

    /**
     * Begins a call; it does not ask the gate.
     *
     * @param done what follows its end, or comes at once if it can't begin
     */
    <T> Device.Call<T> begin(String doing, Duration timeout, Device.Work<T> work, Runnable done) throws BackupException {
        Future<T> future;
        boolean begun = false;
        try {
            future = threads.submit(() -> {
                try {
                    T result = work.on(store);
                    unexpected.set(0);
                    return result;
                } catch (RuntimeException | Error e) {
                    if (unexpected.incrementAndGet() == MAX_UNEXPECTED) {
                        crash.happened(name, e);
                    }
                    throw e;
                } finally {
                    done.run();
                }
            });
            begun = true;
        } catch (RejectedExecutionException e) {
            throw threads.isShutdown() ? closed()
                    : BackupException.device("device.busy", name.value(), "device " + name + " has " + MAX_WAITING + " calls waiting", e);
        } finally {
            if (!begun) {
                done.run();
            }
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

    private BackupException closed() {
        return BackupException.device("device.closed", name.value(), "device " + name + " is gone", null);
    }

    /** No call begins any more; those that wait are still tried. */
    void close() {
        threads.shutdown();
    }
}
