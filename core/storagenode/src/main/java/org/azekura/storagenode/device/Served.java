package org.azekura.storagenode.device;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.device.BlobStore;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One service of a device, and the few platform threads that may be blocked in it: a hung device costs its own jobs, nobody else. Callers wait,
 * each under a time-out, so the queue is as long as there are callers.
 */
public final class Served {

    /** Calls that may be going on at once; in a library, for each drive. */
    static final int THREADS = 4;
    private static final int MOST_DRIVES = 16;
    private static final int MAX_WAITING = 1024;
    /** So often within {@link #WHILE_ns} a driver may throw what it must not, before somebody is told. */
    private static final int MAX_UNEXPECTED = 3;
    private static final long WHILE_ns = Duration.ofMinutes(10).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(Served.class);

    private final DeviceName name;
    private final BlobStore store;
    private final DeviceGate gate;
    private final ThreadPoolExecutor threads;
    private final Crash crash;
    /** When its driver threw lately; null after somebody was told. */
    private Queue<Long> unexpected = new ArrayDeque<>();
    /** Calls and spans that have begun; guarded by the gate. */
    int inside;
    /** What serves the same device with the same volumes in its place. */
    private volatile Served next;

    /** Told once that a device's driver throws again and again what nobody expects. Must return at once. */
    @FunctionalInterface
    public interface Crash {
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
    public void giveWayTo(Served to) {
        next = to;
    }

    /**
     * Begins a call; it does not ask the gate.
     *
     * @param progress changes as long as something is done: then the call has as much time again
     * @param done what follows its end, or comes at once if it can't begin
     */
    <T> Device.Call<T> begin(String doing, Duration timeout, LongSupplier progress, Device.Work<T> work, Runnable done) throws BackupException {
        Future<T> future;
        boolean begun = false;
        try {
            future = threads.submit(() -> {
                try {
                    return work.on(store);
                } catch (RuntimeException | Error e) {
                    throw fault(doing, e);
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
        return () -> await(doing, timeout, progress, future);
    }

    /** What nobody expects is the driver's fault if its code threw it, else ours. */
    private BackupException fault(String doing, Throwable e) {
        Object made = store instanceof LibraryStore library ? library.library() : store;
        String drivers = made.getClass().getPackageName() + ".";
        if (e instanceof VirtualMachineError || Arrays.stream(e.getStackTrace()).noneMatch(frame -> frame.getClassName().startsWith(drivers))) {
            return BackupException.bug("device " + name + ": " + doing, e);
        }
        if (threads.isShutdown()) {
            return closed(); // one that has stopped may throw
        }
        LOG.warn("device {}: its driver threw when it had to {}", name, doing, e);
        if (isTooMuch()) {
            crash.happened(name, e);
        }
        return BackupException.device("driver.threw", name.value(), "the driver of device " + name + " threw " + e + " when it had to " + doing, e);
    }

    private synchronized boolean isTooMuch() {
        if (unexpected == null) {
            return false;
        }
        long now = System.nanoTime();
        unexpected.removeIf(at -> now - at > WHILE_ns);
        unexpected.add(now);
        if (unexpected.size() < MAX_UNEXPECTED) {
            return false;
        }
        unexpected = null;
        return true;
    }

    private <T> T await(String doing, Duration timeout, LongSupplier progress, Future<T> future) throws BackupException {
        long before = progress.getAsLong();
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackupException failure) {
                throw failure;
            }
            throw BackupException.bug("device " + name + ": " + doing, e.getCause());
        } catch (TimeoutException e) {
            if (progress.getAsLong() != before) {
                return await(doing, timeout, progress, future);
            }
            throw BackupException.device("device.timeout", name.value(),
                    "device " + name + " did not " + doing + " within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", name.value(), "interrupted while device " + name + " had to " + doing, e);
        }
    }

    private BackupException closed() {
        String why = gate.gone();
        return BackupException.device("device.closed", name.value(), "device " + name + " is gone" + (why == null ? "" : ": " + why), null);
    }

    /** No call begins any more; those that wait are still tried. */
    void close() {
        threads.shutdown();
    }
}
