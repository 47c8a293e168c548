package org.azekura.transport.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links of a connection, one after the other, so that nothing is lost or comes twice between them. Safe for any number of threads. */
final class Links {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Session session;
    private final Means means;
    private final ReentrantLock lock;
    private final Condition broken;
    private final Sequence sequence = new Sequence();
    private final Sender sender;
    private final Receiver receiver;
    private Link link;
    private X509Certificate certificate;
    /** When it broke. */
    private long since = System.nanoTime();

    Links(Session session, Streams streams, Means means) {
        this.session = session;
        this.means = means;
        this.lock = session.lock();
        this.broken = lock.newCondition();
        this.sender = new Sender(session, this, sequence, streams, means);
        this.receiver = new Receiver(session, this, sequence, streams);
    }

    /** Begins to send; whatever link there is. */
    void start() {
        sender.start();
    }

    /** Reads until this link is gone, on this thread. */
    void read(Link from) {
        receiver.read(from);
    }

    /** Waits until the other side was told of the end, or the time is over. @return whether it was told as far as that could be */
    boolean join(Duration time) throws InterruptedException {
        return sender.join(time);
    }

    /** There is something to send. The lock is held. */
    void wake() {
        sender.wake();
    }

    /** Null if there is none. The lock is held. */
    Link current() {
        return link;
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

    /** Greater when units have arrived here or there. */
    long progress() {
        lock.lock();
        try {
            return sequence.received() + sequence.acknowledged();
        } finally {
            lock.unlock();
        }
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
            certificate = fresh.certificate();
            link = fresh;
            fresh.heard();
            sender.resume();
        } finally {
            lock.unlock();
        }
    }

    void broke(Link gone, String why) {
        lock.lock();
        try {
            drop(gone, why);
        } finally {
            lock.unlock();
        }
    }

    static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void drop(Link gone, String why) {
        if (gone == null || link != gone) {
            return;
        }
        link = null;
        gone.cut();
        if (!session.closed()) {
            since = System.nanoTime();
            LOG.info("link with {} broke, it can be resumed for {} s: {}", session, means.settings().grace().toSeconds(), why);
        }
        broken.signalAll();
    }

    /**
     * The connection is over. The lock is held.
     *
     * @param say whether the other side is told
     */
    void end(boolean say) {
        if (link != null) {
            means.watch().cut(link.wire(), say ? FAREWELL : Duration.ZERO);
        }
        sender.end(say);
        broken.signalAll();
    }

    /** Waits, and not until the end if the connection is over before. @return whether it goes on */
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

    /** Looks what has its time: the end of patience, a question whether the other side is there, what was not acknowledged yet. */
    void tick() {
        Settings settings = means.settings();
        lock.lock();
        try {
            if (session.closed()) {
                return;
            }
            if (link != null) {
                look(settings);
                return;
            }
            if (System.nanoTime() - since <= settings.grace().toNanos()) {
                return;
            }
        } finally {
            lock.unlock();
        }
        String end = "it was not resumed within " + settings.grace().toSeconds() + " s";
        LOG.warn("connection with {} ends: {}", session, end);
        session.end(end, false);
    }

    private void look(Settings settings) {
        long silent = link.silentNanos();
        if (silent > settings.silence().toNanos()) {
            drop(link, "nothing came for " + TimeUnit.NANOSECONDS.toSeconds(silent) + " s");
            return;
        }
        if (silent > settings.ping().toNanos()) {
            link.ping();
        }
        if (sequence.unsaid()) {
            link.ack();
        }
        sender.wake();
    }
}
