package org.azekura.transport.local;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;

/**
 * One direction of a stream. Locks of java.util.concurrent, not monitors: a virtual thread that waits here gives its carrier
 * free.
 */
final class FrameQueue {

    /** Bytes on their way before the sender waits, where few are connected. A larger frame passes when nothing else is on its way. */
    static final int MAX_BYTES = 4 << 20;
    /** What a frame counts beside its bytes, so that empty frames are bounded too. */
    private static final int OVERHEAD = 64;

    private enum State { OPEN, ENDED, BROKEN }

    private final String name;
    private final LongSupplier most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<ByteBuffer> frames = new ArrayDeque<>();
    private long bytes;
    private State state = State.OPEN;

    /** @param most bytes on their way before the sender waits, now: at most {@link #MAX_BYTES} */
    FrameQueue(String name, LongSupplier most) {
        this.name = name;
        this.most = most;
    }

    void send(ByteBuffer frame, Duration timeout) throws BackupException {
        int size = frame.remaining() + OVERHEAD;
        lock.lock();
        try {
            Wait wait = new Wait(timeout);
            while (state == State.OPEN && bytes > 0 && bytes + size > most.getAsLong()) {
                wait.on(room, "room to send on " + name);
            }
            check();
            frames.add(frame.slice().order(frame.order()));
            frame.position(frame.limit());
            bytes += size;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    ByteBuffer receive(Duration timeout) throws BackupException {
        lock.lock();
        try {
            Wait wait = new Wait(timeout);
            while (state == State.OPEN && frames.isEmpty()) {
                wait.on(arrived, "a frame on " + name);
            }
            if (state == State.BROKEN) {
                throw closed();
            }
            ByteBuffer frame = frames.poll();
            if (frame != null) {
                bytes -= frame.remaining() + OVERHEAD;
                if (bytes <= most.getAsLong() / 2) {
                    // Not at each frame: the two would wake each other all the time.
                    room.signalAll();
                }
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing to say if the receiver has gone already: it may have had all it wanted. */
    void end() {
        lock.lock();
        try {
            if (state == State.OPEN) {
                state = State.ENDED;
                wakeAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is on its way, for both sides. */
    void breakOff() {
        lock.lock();
        try {
            state = State.BROKEN;
            frames.clear();
            bytes = 0;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    /** The sender goes; what it ended properly still arrives. */
    void breakOffUnlessEnded() {
        lock.lock();
        try {
            if (state == State.OPEN) {
                breakOff();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wakeAll() {
        arrived.signalAll();
        room.signalAll();
    }

    private void check() throws BackupException {
        if (state == State.BROKEN) {
            throw closed();
        }
        if (state == State.ENDED) {
            throw new IllegalStateException("sending on " + name + " was ended");
        }
    }

    private BackupException closed() {
        return BackupException.network("transport.closed", name, name + " is closed", null);
    }
}
