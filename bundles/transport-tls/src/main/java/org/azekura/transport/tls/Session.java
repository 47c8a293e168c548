package org.azekura.transport.tls;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;

/** A connection: what stays while links come and go. */
final class Session implements Connection {

    private final String id;
    private final String peer;
    private final String host;
    private final String self;
    private final Means means;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Streams streams;
    private final Links links;
    private String closed;

    /**
     * @param self  by which the other side knows this one
     * @param dials whether this side dials
     */
    Session(String id, String peer, String host, String self, boolean dials, Means means) {
        this.id = id;
        this.peer = peer;
        this.host = host;
        this.self = self;
        this.means = means;
        this.streams = new Streams(this, dials, lock, means.budget());
        this.links = new Links(this, streams, means);
    }

    String id() {
        return id;
    }

    String self() {
        return self;
    }

    ReentrantLock lock() {
        return lock;
    }

    Links links() {
        return links;
    }

    @Override
    public String scheme() {
        return TlsTransport.SCHEME;
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public Stream control() {
        return streams.control();
    }

    @Override
    public Stream open() throws BackupException {
        lock.lock();
        try {
            if (closed != null) {
                throw BackupException.network("transport.closed", peer, "the connection with " + this + " is closed: " + closed, null);
            }
            Stream stream = streams.open();
            links.wake();
            return stream;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Stream accept(Duration timeout) throws BackupException {
        lock.lock();
        try {
            Wait wait = new Wait(timeout);
            TlsStream stream = streams.poll();
            while (stream == null && closed == null) {
                wait.on(changed, "a data stream with " + this);
                stream = streams.poll();
            }
            return stream;
        } finally {
            lock.unlock();
        }
    }

    /** The other side opens a stream. */
    void opened(int number) throws BackupException {
        streams.opened(number);
        changed.signal();
    }

    @Override
    public void close() {
        end("closed by this side", true);
    }

    /**
     * Ends all. The caller does not hold the lock.
     *
     * @param tell whether the other side is told; otherwise the link is cut
     */
    void end(String reason, boolean tell) {
        means.sessions().remove(this);
        locked(() -> {
            if (closed != null) {
                return 0;
            }
            closed = reason;
            long back = streams.breakOff();
            changed.signalAll();
            links.end(tell);
            return back;
        });
    }

    boolean closed() {
        return closed != null;
    }

    /** For messages of failures, with the lock held. */
    String why() {
        return closed == null ? "" : ": " + closed;
    }

    void ready(TlsStream stream) {
        if (closed == null) {
            streams.ready(stream);
            links.wake();
        }
    }

    void urgent(TlsStream stream) {
        if (closed == null) {
            streams.urgent(stream);
            links.wake();
        }
    }

    void forgetIfDone(TlsStream stream) {
        streams.forgetIfDone(stream);
    }

    /** Does something under the lock, and gives back to the budget what it returns. */
    void locked(LongSupplier with) {
        long back;
        lock.lock();
        try {
            back = with.getAsLong();
        } finally {
            lock.unlock();
        }
        giveBack(back);
    }

    void giveBack(long bytes) {
        means.budget().give(bytes);
    }

    @Override
    public String toString() {
        return host.isEmpty() ? peer : peer + " at " + host;
    }
}
