package org.azekura.driver.tape.sg;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiTransport;

/** A logical unit by {@code /dev/sgN}. The kernel ends a command at its time-out and resets the device if it must; we wait a little longer for that. */
final class SgTransport implements ScsiTransport {

    private static final int LONGEST_SENSE = 252;
    private static final int SLICE_MS = 500;
    /** What the kernel may need to abort a command, and to reset the device. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int HOST_TIME_OUT = 3;
    /** Low four bits of the driver status: what it was; those above were a suggestion of old kernels. */
    private static final int DRIVER_BITS = 0x0f;
    private static final int DRIVER_TIME_OUT = 6;
    private static final int DRIVER_SENSE = 8;

    private final int fd;
    private final int event;
    private final ReentrantLock use = new ReentrantLock();
    private final ByteBuffer sense = ByteBuffer.allocateDirect(LONGEST_SENSE);
    private final int[] result = new int[5];
    /** Data of callers who have them on the heap, as long as the longest was. */
    private ByteBuffer copy = ByteBuffer.allocateDirect(0);
    private volatile String lost;
    /** The descriptors are closed; guarded by this. */
    private boolean released;

    SgTransport(int fd, int event) {
        this.fd = fd;
        this.event = event;
    }

    @Override
    public Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
        use.lock();
        try {
            return lost != null ? new Outcome.Lost(lost) : executed(cdb, direction, data, timeout);
        } finally {
            use.unlock();
            if (lost != null) {
                release();
            }
        }
    }

    private Outcome executed(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
        int length = direction == Direction.NONE ? 0 : data.remaining();
        ByteBuffer direct = direction == Direction.NONE || data.isDirect() ? data : copied(direction, data);
        int start = direction == Direction.NONE ? 0 : direct.position();
        int error = SgNative.send(fd, cdb, direction.ordinal(), direct, start, length, sense, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
        if (error < 0) {
            return lose("the command was not taken: " + Linux.named(-error));
        }
        Outcome outcome = awaited(timeout, length);
        // The kernel has the addresses of both until then.
        Reference.reachabilityFence(direct);
        Reference.reachabilityFence(sense);
        if (direction == Direction.IN && outcome instanceof Outcome.Answered answered) {
            int came = length - Math.clamp(answered.residual(), 0, length);
            if (direct != data) {
                data.put(data.position(), direct, start, came);
            }
            data.position(data.position() + came);
        }
        return outcome;
    }

    private ByteBuffer copied(Direction direction, ByteBuffer data) {
        if (copy.capacity() < data.remaining()) {
            copy = ByteBuffer.allocateDirect(data.remaining());
        }
        copy.clear();
        if (direction == Direction.OUT) {
            copy.put(0, data, data.position(), data.remaining());
        }
        return copy;
    }

    private Outcome awaited(Duration timeout, int asked) {
        long deadline = System.nanoTime() + timeout.toNanos() + GRACE_NANOS;
        while (true) {
            int said = SgNative.receive(fd, event, SLICE_MS, result);
            if (said == 0) {
                return answer(timeout, asked);
            }
            if (said == SgNative.WOKEN) {
                return lose("it was closed");
            }
            if (said < 0) {
                return lose(Linux.named(-said));
            }
            if (Thread.currentThread().isInterrupted()) {
                lose("a command before was interrupted");
                return new Outcome.Interrupted();
            }
            if (deadline - System.nanoTime() < 0) {
                return timedOut(timeout);
            }
        }
    }

    /** What counts is what the device says; only if neither adapter nor driver have anything to say against it was it the device that spoke. */
    private Outcome answer(Duration timeout, int asked) {
        int host = result[1];
        int driver = result[2] & DRIVER_BITS;
        if (host == HOST_TIME_OUT || driver == DRIVER_TIME_OUT) {
            return timedOut(timeout);
        }
        if (host != 0) {
            return lose(Linux.host(host));
        }
        // 8 says no more than that there is sense; kernels from 5.14 on do not say it any more.
        if (driver != 0 && driver != DRIVER_SENSE) {
            return lose("driver status " + driver);
        }
        byte[] said = new byte[Math.min(result[4], LONGEST_SENSE)];
        sense.get(0, said);
        // Linux' iSCSI tells what a target had beyond the end as if it were missing; but no more can be missing than was asked for.
        int residual = result[3] > asked ? -result[3] : result[3];
        return new Outcome.Answered(result[0], said, residual);
    }

    private Outcome timedOut(Duration timeout) {
        lose("a command before was given up after " + timeout.toMillis() + " ms without an answer");
        return new Outcome.TimedOut(timeout);
    }

    /** The first reason stays. */
    private synchronized Outcome lose(String why) {
        if (lost == null) {
            lost = why;
        }
        return new Outcome.Lost(lost);
    }

    @Override
    public void close() {
        lose("it was closed");
        synchronized (this) {
            if (!released) {
                SgNative.wake(event);
            }
        }
        release();
    }

    /** Once it is lost and nobody uses it: whoever comes last of the user and the closer. */
    private void release() {
        if (use.tryLock()) {
            try {
                synchronized (this) {
                    if (!released) {
                        released = true;
                        SgNative.close(fd);
                        SgNative.close(event);
                    }
                }
            } finally {
                use.unlock();
            }
        }
    }
}
