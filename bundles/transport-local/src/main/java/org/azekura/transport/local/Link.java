package org.azekura.transport.local;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;

/** What lies between two roles: both ends of a connection, and every queue of it. */
final class Link {

    /** Data streams that wait to be accepted by one side. */
    private static final int MAX_WAITING = 256;

    private final String name;
    private final Crowd crowd;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Weak: what nobody holds any more needs no breaking. */
    private final Set<FrameQueue> queues = Collections.newSetFromMap(new WeakHashMap<>());
    private final End dialling;
    private final End accepting;
    private int streams;
    private boolean closed;

    /**
     * @param dialling  name of the side that dials
     * @param accepting name of the other
     * @param crowd     of which it is one until it is closed
     */
    Link(String dialling, String accepting, Crowd crowd) {
        this.name = dialling + " and " + accepting;
        this.crowd = crowd;
        crowd.came();
        Pair control = pair("the control stream of " + name);
        this.dialling = new End(accepting, control.a);
        this.accepting = new End(dialling, control.b);
    }

    Connection dialling() {
        return dialling;
    }

    Connection accepting() {
        return accepting;
    }

    private record Pair(LocalStream a, LocalStream b) {}

    private Pair pair(String what) {
        FrameQueue there = new FrameQueue(what, crowd::bytesEach);
        FrameQueue back = new FrameQueue(what, crowd::bytesEach);
        queues.add(there);
        queues.add(back);
        return new Pair(new LocalStream(there, back), new LocalStream(back, there));
    }

    void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                crowd.left();
            }
            queues.forEach(FrameQueue::breakOff);
            queues.clear();
            dialling.waiting.clear();
            accepting.waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class End implements Connection {

        private final String peer;
        private final Stream control;
        private final Deque<LocalStream> waiting = new ArrayDeque<>();

        End(String peer, Stream control) {
            this.peer = peer;
            this.control = control;
        }

        @Override
        public String scheme() {
            return LocalTransport.SCHEME;
        }

        @Override
        public String peer() {
            return peer;
        }

        @Override
        public String host() {
            return "";
        }

        @Override
        public Stream control() {
            return control;
        }

        @Override
        public Stream open() throws BackupException {
            End other = this == dialling ? accepting : dialling;
            lock.lock();
            try {
                if (closed) {
                    throw BackupException.network("transport.closed", name, "the connection between " + name + " is closed", null);
                }
                if (other.waiting.size() >= MAX_WAITING) {
                    throw BackupException.network("transport.busy", name,
                            MAX_WAITING + " data streams between " + name + " wait to be accepted", null);
                }
                Pair pair = pair("data stream " + ++streams + " between " + name);
                other.waiting.add(pair.b);
                changed.signalAll();
                return pair.a;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Stream accept(Duration timeout) throws BackupException {
            lock.lock();
            try {
                Wait wait = new Wait(timeout);
                while (!closed && waiting.isEmpty()) {
                    wait.on(changed, "a data stream between " + name);
                }
                return waiting.poll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            Link.this.close();
        }
    }
}
