package org.azekura.storagenode.device;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;

/**
 * Lets calls to a device pass, or has them wait while its driver changes. There is one for each name, whoever serves it. A span is a series of calls
 * that one service must serve, like the writing of a pack: it passes once, and a pause waits for its end. Thread-safe.
 */
public final class DeviceGate {

    /** Longer than any change of a driver may take, shorter than what those have patience for who wait for the calls. */
    static final Duration LONGEST = Duration.ofMinutes(4);

    /** Who has spans that can end early. */
    @FunctionalInterface
    public interface Writer {
        /** The device is about to pause: end what is begun, soon; returns at once. */
        void finishEarly();
    }

    private final DeviceName device;
    private final Duration longest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Writer> writers = new HashSet<>();
    /** Null while calls pass. */
    private String why;
    /** What took away who served it; null if nothing is known to have. */
    private String gone;

    DeviceGate(DeviceName device) {
        this(device, LONGEST);
    }

    /** @param longest that a call waits */
    public DeviceGate(DeviceName device, Duration longest) {
        this.device = device;
        this.longest = longest;
    }

    /**
     * One call, or a span, begins; it waits while the device pauses.
     *
     * @param from who served when the caller looked
     * @return who serves it: another than {@code from} if that gave way to it meanwhile; {@link #leave} must follow
     * @throws BackupException {@code device.paused} after a long wait
     */
    Served enter(Served from, String doing) throws BackupException {
        lock.lock();
        try {
            awaitOpen(doing);
            return begin(from);
        } finally {
            lock.unlock();
        }
    }

    /** Like {@link #enter}, but null instead of a wait. */
    Served tryEnter(Served from) {
        lock.lock();
        try {
            return why == null ? begin(from) : null;
        } finally {
            lock.unlock();
        }
    }

    private static Served begin(Served from) {
        Served at = from.last();
        at.inside++;
        return at;
    }

    /** A call of a span begins. */
    void enterWithin(Served at) {
        lock.lock();
        try {
            at.inside++;
        } finally {
            lock.unlock();
        }
    }

    void leave(Served at) {
        lock.lock();
        try {
            at.inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits while the device pauses.
     *
     * @throws BackupException {@code device.paused} after a long wait
     */
    public void awaitOpen(String doing) throws BackupException {
        long left = longest.toNanos();
        lock.lock();
        try {
            while (why != null) {
                if (left <= 0) {
                    throw BackupException.device("device.paused", device.value(), "device " + device + " did not " + doing + ": it has paused for "
                            + longest.toSeconds() + " s because " + why, null);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", device.value(), "interrupted while device " + device + " paused because " + why, e);
        } finally {
            lock.unlock();
        }
    }

    public boolean isPaused() {
        lock.lock();
        try {
            return why != null;
        } finally {
            lock.unlock();
        }
    }

    /** A pause asks this one to be quick, too. Adding it again changes nothing. */
    public void add(Writer writer) {
        lock.lock();
        try {
            writers.add(writer);
        } finally {
            lock.unlock();
        }
    }

    public void remove(Writer writer) {
        lock.lock();
        try {
            writers.remove(writer);
        } finally {
            lock.unlock();
        }
    }

    /**
     * From here on calls wait; those that have begun go on, and so do spans.
     *
     * @throws BackupException {@code device.paused} if it pauses already
     */
    public void pause(String because) throws BackupException {
        List<Writer> told;
        lock.lock();
        try {
            if (why != null) {
                throw BackupException.device("device.paused", device.value(), "device " + device + " pauses already because " + why, null);
            }
            why = because;
            told = List.copyOf(writers);
        } finally {
            lock.unlock();
        }
        told.forEach(Writer::finishEarly);
    }

    /** Whether all that had begun ends in time. */
    public boolean awaitQuiet(Served at, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            for (long left = patience.toNanos(); at.inside > 0 && left > 0; left = end - System.nanoTime()) {
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return at.inside == 0;
        } finally {
            lock.unlock();
        }
    }

    public void resume() {
        resume(true);
    }

    /** @param served whether somebody serves it, or may come soon; if not, who needs it is told why at once */
    public void resume(boolean served) {
        lock.lock();
        try {
            gone = served ? null : why;
            why = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Why nobody serves it; null if nothing is known to be against it. */
    String gone() {
        lock.lock();
        try {
            return gone;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody serves it again. */
    void served() {
        lock.lock();
        try {
            gone = null;
        } finally {
            lock.unlock();
        }
    }
}
