package org.azekura.driver.tape.iscsi;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.driver.tape.scsi.Direction;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiTransport;

/**
 * A logical unit over iSCSI. The caller's thread sends and receives; between its calls a thread that all share answers the target's pings every few
 * seconds, for a target that hears nothing ends the session, and with it goes the place on the tape.
 */
final class IscsiTransport implements ScsiTransport {

    private static final long FAREWELL_NANOS = Duration.ofSeconds(1).toNanos();
    /** For the rest of what has begun to come. */
    private static final long ATTENTION_NANOS = Duration.ofSeconds(10).toNanos();

    private final Wire wire;
    private final Session session;
    /** Held while the session is used. */
    private final ReentrantLock use = new ReentrantLock();
    private final Future<?> attendance;
    private volatile String lost;

    IscsiTransport(Wire wire, Session session) {
        this.wire = wire;
        this.session = session;
        this.attendance = Attendance.OF_ALL.of(this::attend);
    }

    @Override
    public Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        use.lock();
        try {
            if (lost != null) {
                return new Outcome.Lost(lost);
            }
            return session.execute(cdb, direction, data, deadline);
        } catch (SocketTimeoutException e) {
            lose("a command before was given up after " + timeout.toMillis() + " ms without an answer");
            return new Outcome.TimedOut(timeout);
        } catch (ClosedByInterruptException e) {
            lose("a command before was interrupted");
            return new Outcome.Interrupted();
        } catch (IOException e) {
            lose(reason(e));
            return new Outcome.Lost(lost);
        } finally {
            if (lost == null && session.leaving() != null) {
                lose(session.leaving());
            }
            use.unlock();
        }
    }

    /** Answers what the target has sent meanwhile, if no command runs. */
    void attend() {
        if (use.tryLock()) {
            try {
                if (lost == null) {
                    session.attend(System.nanoTime() + ATTENTION_NANOS);
                }
            } catch (IOException e) {
                lose(reason(e));
            } finally {
                if (lost == null && session.leaving() != null) {
                    lose(session.leaving());
                }
                use.unlock();
            }
        }
    }

    @Override
    public void close() {
        if (use.tryLock()) {
            try {
                if (lost == null) {
                    session.logout(System.nanoTime() + FAREWELL_NANOS);
                }
            } catch (IOException e) {
                // The target finds out by itself.
            } finally {
                lose("it was closed");
                use.unlock();
            }
        } else {
            // Nobody waits here for what another one waits for.
            lose("it was closed");
        }
    }

    /** The first reason stays. */
    private void lose(String why) {
        synchronized (this) {
            if (lost == null) {
                lost = why;
            }
        }
        attendance.cancel(false);
        wire.close();
    }

    static String reason(IOException e) {
        if (e instanceof ClosedChannelException) {
            return "it was closed";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
