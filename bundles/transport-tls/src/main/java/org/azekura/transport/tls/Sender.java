package org.azekura.transport.tls;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes for a connection, over whatever link there is. Its methods are called with the session's lock held, unless they say otherwise. */
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    /** What is sent with one call of the system. */
    private static final int BATCH_BYTES = 192 << 10;
    private static final int BATCH_UNITS = 64;
    /** A connection may keep so much until it is acknowledged however many there are; the other side's credit is a bound, too. */
    private static final long LEAST_KEPT = 1 << 20;
    private static final long MOST_KEPT = 16 << 20;

    private final Session session;
    private final Links links;
    private final Streams streams;
    private final Means means;
    private final ReentrantLock lock;
    private final Condition work;
    private final Thread thread;
    private final Sequence sequence;
    private final Deque<Unit> again = new ArrayDeque<>();
    /** Of the thread. */
    private final UnitWriter batch = new UnitWriter();
    private boolean tell;

    Sender(Session session, Links links, Sequence sequence, Streams streams, Means means) {
        this.session = session;
        this.links = links;
        this.sequence = sequence;
        this.streams = streams;
        this.means = means;
        this.lock = session.lock();
        this.work = lock.newCondition();
        this.thread = Thread.ofPlatform().daemon().name("tls to " + session).unstarted(this::run);
    }

    /** Without the lock. */
    void start() {
        thread.start();
    }

    /** Waits, without the lock, until the other side was told of the end, or the time is over. @return whether it was told as far as that could be */
    boolean join(Duration time) throws InterruptedException {
        return thread.join(time);
    }

    /** There is something to send. */
    void wake() {
        work.signal();
    }

    /** What was not acknowledged goes first. */
    void resume() {
        again.clear();
        again.addAll(sequence.again());
        work.signal();
    }

    /** @param say whether the other side is told */
    void end(boolean say) {
        tell = say;
        work.signal();
    }

    private void run() {
        try {
            for (Link to = next(); to != null; to = next()) {
                try {
                    to.write(batch.take());
                } catch (IOException e) {
                    links.broke(to, Links.reason(e));
                }
            }
        } catch (RuntimeException e) {
            LOG.error("connection with {} ends", session, e);
            session.end(e.toString(), false);
        }
        farewell();
    }

    /** Waits until there is a link and something for it; the batch holds it then. @return null when the connection has ended */
    private Link next() {
        lock.lock();
        try {
            while (!session.closed()) {
                Link link = links.current();
                if (link != null && collect(link)) {
                    return link;
                }
                work.awaitUninterruptibly();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean collect(Link to) {
        to.collect(batch, sequence);
        long most = Math.clamp(means.settings().memory() / Math.max(1, means.sessions().count()), LEAST_KEPT, MOST_KEPT);
        while (batch.bytes() < BATCH_BYTES && batch.units() < BATCH_UNITS) {
            Unit unit = again.poll();
            if (unit == null) {
                unit = streams.next(sequence.kept() < most);
                if (unit == null) {
                    break;
                }
                sequence.sent(unit);
            }
            batch.add(unit);
        }
        return batch.units() > 0;
    }

    /** The thread that reads goes on until the other side has heard it: unread bytes would make it be lost. */
    private void farewell() {
        Link last;
        lock.lock();
        try {
            last = tell ? links.current() : null;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            try {
                batch.take();
                batch.add(new Unit.Close());
                last.write(batch.take());
                last.wire().end();
            } catch (IOException e) {
                last.cut();
            }
        }
    }
}
