package org.azekura.transport.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of a connection, one after the other, and what makes nothing be lost or come twice between them. One thread writes as long as the
 * connection lives, another reads a link. Guarded by the session's lock.
 */
final class Links {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    /** What is sent with one call of the system. */
    private static final int BATCH_BYTES = 192 << 10;
    private static final int BATCH_UNITS = 64;
    /** A connection may keep so much until it is acknowledged however many there are; the other side's credit is a bound, too. */
    private static final long LEAST_KEPT = 1 << 20;
    private static final long MOST_KEPT = 16 << 20;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Session session;
    private final ReentrantLock lock;
    private final Condition work;
    private final Condition broken;
    private final Streams streams;
    private final Settings settings;
    private final Means means;
    private final Thread writer;
    private final Sequence sequence = new Sequence();
    private final Deque<Unit> again = new ArrayDeque<>();
    private final UnitWriter batch = new UnitWriter();
    private Link link;
    private X509Certificate certificate;
    private boolean tell;
    /** When it broke. */
    private long since = System.nanoTime();

    Links(Session session, ReentrantLock lock, Streams streams, Means means) {
        this.session = session;
        this.lock = lock;
        this.work = lock.newCondition();
        this.broken = lock.newCondition();
        this.streams = streams;
        this.settings = means.settings();
        this.means = means;
        this.writer = Thread.ofPlatform().daemon().name("tls to " + session).unstarted(this::write);
    }

    /** There is something to send. */
    void wake() {
        work.signal();
    }

    /** Of whom the last link was. */
    X509Certificate certificate() {
        lock.lock();
        try {
            return certificate;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is no link just now. */
    boolean isDown() {
        lock.lock();
        try {
            return link == null;
        } finally {
            lock.unlock();
        }
    }

    /** Units that have arrived. */
    long received() {
        lock.lock();
        try {
            return sequence.received();
        } finally {
            lock.unlock();
        }
    }

    /** Begins to send; whatever link there is. */
    void start() {
        writer.start();
    }

    /** Waits until the other side was told of the end, or the time is over. */
    void join(Duration time) throws InterruptedException {
        writer.join(time);
    }

    /**
     * A link will come in place of the one that is: no unit of that counts any more.
     *
     * @param arrived units that the other side has
     * @return units that have arrived here
     * @throws BackupException {@code transport.refused} if that cannot be
     */
    long detach(long arrived) throws BackupException {
        lock.lock();
        try {
            if (session.closed() || !sequence.fits(arrived)) {
                throw BackupException.operator("transport.refused", session.peer(), arrived + " units cannot have arrived there");
            }
            drop(link, "another one comes in its place");
            return sequence.received();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes on with a link; it is cut if another is there by then.
     *
     * @param arrived units that the other side has
     */
    void attach(Link fresh, long arrived) throws BackupException {
        lock.lock();
        try {
            if (session.closed() || link != null) {
                fresh.cut();
                return;
            }
            sequence.acknowledged(arrived);
            again.clear();
            again.addAll(sequence.again());
            certificate = fresh.certificate();
            link = fresh;
            fresh.heard();
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    private void drop(Link gone, String why) {
        if (gone == null || link != gone) {
            return;
        }
        link = null;
        gone.cut();
        if (!session.closed()) {
            since = System.nanoTime();
            LOG.info("link with {} broke, it can be resumed for {} s: {}", session, settings.grace().toSeconds(), why);
        }
        broken.signalAll();
        work.signalAll();
    }

    private void broke(Link gone, String why) {
        lock.lock();
        try {
            drop(gone, why);
        } finally {
            lock.unlock();
        }
    }

    /** @param say whether the other side is told, by the thread that writes */
    void end(boolean say) {
        tell = say && link != null;
        if (link != null) {
            means.watch().cut(link.wire(), say ? FAREWELL : Duration.ZERO);
        }
        work.signalAll();
        broken.signalAll();
    }

    /** Waits until the connection ends; to be woken early by nothing else. @return whether it goes on */
    boolean pause(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !session.closed()) {
                left = broken.awaitNanos(left);
            }
            return !session.closed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** What has its time: called a few times in a second or in some. */
    void tick() {
        String end = null;
        lock.lock();
        try {
            long down = System.nanoTime() - since;
            if (session.closed()) {
                return;
            }
            if (link == null) {
                end = down > settings.grace().toNanos() ? "it was not resumed within " + settings.grace().toSeconds() + " s" : null;
            } else if (link.silentNanos() > settings.silence().toNanos()) {
                drop(link, "nothing came for " + TimeUnit.NANOSECONDS.toSeconds(link.silentNanos()) + " s");
            } else {
                askAndSay();
            }
        } finally {
            lock.unlock();
        }
        if (end != null) {
            LOG.warn("connection with {} ends: {}", session, end);
            session.end(end, false);
        }
    }

    private void askAndSay() {
        if (link.silentNanos() > settings.ping().toNanos()) {
            link.ping();
        }
        if (sequence.unsaid()) {
            link.ack();
        }
        work.signal();
    }

    private void write() {
        try {
            for (Link to = next(); to != null; to = next()) {
                try {
                    to.write(batch.take());
                } catch (IOException e) {
                    broke(to, reason(e));
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
        long most = Math.clamp(settings.memory() / Math.max(1, means.sessions().count()), LEAST_KEPT, MOST_KEPT);
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
            last = tell ? link : null;
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

    /** Reads until this link is gone. */
    void read(Link from) {
        try {
            while (take(from)) {
                if (!from.fill()) {
                    broke(from, "the other side or the network ended it");
                }
            }
        } catch (IOException e) {
            broke(from, reason(e));
        } catch (BackupException e) {
            LOG.warn("connection with {} ends, the other side does not keep to the protocol: {}", session, e.getMessage());
            session.end(e.getMessage(), false);
        } catch (RuntimeException e) {
            LOG.error("connection with {} ends", session, e);
            session.end(e.toString(), false);
        }
        from.cut();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Takes the units that have come. @return whether the link counts still */
    private boolean take(Link from) throws BackupException {
        long back = 0;
        boolean close = false;
        lock.lock();
        try {
            ByteBuffer in = from.in();
            from.heard();
            while (from == link && !close) {
                Unit unit = session.closed() ? null : UnitReader.next(in);
                if (unit == null) {
                    break;
                }
                close = unit instanceof Unit.Close;
                back += take(from, unit);
            }
            if (session.closed()) {
                in.position(in.limit());
            }
            return from == link && !close;
        } finally {
            lock.unlock();
            session.giveBack(back);
            if (close) {
                session.end("closed by the other side", false);
            }
        }
    }

    private long take(Link from, Unit unit) throws BackupException {
        if (unit.counted() && sequence.received(unit)) {
            from.ack();
            work.signal();
        }
        return switch (unit) {
            case Unit.Ack ack -> {
                sequence.acknowledged(ack.received());
                work.signal();
                yield 0;
            }
            case Unit.Ping ping -> {
                from.ack();
                work.signal();
                yield 0;
            }
            case Unit.Close close -> 0;
            case Unit.Open open -> {
                session.opened(open.stream());
                yield 0;
            }
            case Unit.Frame frame -> streams.take(frame);
            case Unit.More more -> streams.take(more);
            case Unit.End end -> streams.take(end);
            case Unit.Reset reset -> streams.take(reset);
            case Unit.Credit credit -> streams.take(credit);
        };
    }
}
