package org.azekura.transport.tls;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Stream;

/** One end of a stream: both directions, and how it comes to an end. What is not the SPI's is called with the session's lock held. */
final class TlsStream implements Stream, Inbox.Credits {

    private final int number;
    private final String name;
    private final Session session;
    private final ReentrantLock lock;
    private final Condition room;
    private final Inbox in;
    private final Outbox out;
    private boolean openDue;
    private long creditDue;
    private boolean resetDue;
    private boolean resetSent;
    /** Closed by its owner. */
    private boolean closed;
    /** Nothing that counts comes from the other side any more. */
    private boolean finished;

    /** @param ours whether this side opens it */
    TlsStream(int number, boolean ours, Session session, ReentrantLock lock, Budget budget) {
        this.number = number;
        this.name = (number == 0 ? "the control stream" : "data stream " + number) + " with " + session;
        this.session = session;
        this.lock = lock;
        this.room = lock.newCondition();
        this.openDue = ours;
        this.in = new Inbox(budget, lock.newCondition(), this);
        this.out = new Outbox(number, room);
    }

    int number() {
        return number;
    }

    @Override
    public void send(ByteBuffer frame, Duration timeout) throws BackupException {
        if (frame.remaining() > MAX_FRAME) {
            throw new IllegalArgumentException("a frame has at most " + MAX_FRAME + " bytes, not " + frame.remaining());
        }
        lock.lock();
        try {
            check();
            Wait wait = new Wait(timeout);
            while (out.full(Outbox.cost(frame))) {
                wait.on(room, "room to send on " + name);
            }
            if (out.broken()) {
                throw closed();
            }
            if (out.ended()) {
                throw new IllegalStateException("sending on " + name + " was ended");
            }
            out.add(frame);
            session.ready(this);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ByteBuffer receive(Duration timeout) throws BackupException {
        ByteBuffer frame;
        long surplus;
        lock.lock();
        try {
            check();
            in.await(new Wait(timeout), name);
            if (in.broken()) {
                throw closed();
            }
            frame = in.poll();
            surplus = in.surplus();
            if (surplus == 0) {
                in.grow();
            }
            session.forgetIfDone(this);
        } finally {
            lock.unlock();
        }
        if (surplus > 0) {
            // First those who ask for it, then this window again.
            session.giveBack(surplus);
            locked(() -> {
                in.grow();
                return 0;
            });
        }
        return frame;
    }

    @Override
    public void endSending() throws BackupException {
        lock.lock();
        try {
            check();
            out.end();
            session.ready(this);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            if (closed) {
                return 0;
            }
            closed = true;
            if (!out.ended()) {
                out.breakOff();
            }
            resetDue = true;
            session.ready(this);
            session.forgetIfDone(this);
            return in.breakOff();
        });
    }

    private void check() throws BackupException {
        if (closed) {
            throw BackupException.network("transport.closed", "", name + " was closed by its owner", null);
        }
    }

    private BackupException closed() {
        return BackupException.network("transport.closed", "", name + " is closed" + session.why(), null);
    }

    @Override
    public void locked(LongSupplier work) {
        session.locked(work);
    }

    /** The connection is gone, and all that was on its way. */
    long breakOff() {
        out.breakOff();
        return in.breakOff();
    }

    @Override
    public void give(long bytes) {
        if (!finished) {
            creditDue += bytes;
            session.urgent(this);
        }
    }

    /** What must not wait behind data. */
    Unit urgent() {
        if (openDue) {
            openDue = false;
            return new Unit.Open(number);
        }
        if (creditDue > 0) {
            int bytes = (int) creditDue;
            creditDue = 0;
            return new Unit.Credit(number, bytes);
        }
        return null;
    }

    /**
     * The next unit; frames only if there is room for what has to be kept until it is acknowledged.
     *
     * @return null if there is none that could be sent just now
     */
    Unit next(boolean data) {
        Unit unit = data ? out.next() : null;
        if (unit == null && resetDue && !resetSent && (out.broken() || out.over())) {
            resetSent = true;
            unit = new Unit.Reset(number);
        }
        return unit;
    }

    /** @return what goes back to the budget */
    long take(Unit unit) throws BackupException {
        if (finished && !(unit instanceof Unit.Credit) && !(unit instanceof Unit.Reset)) {
            throw UnitReader.malformed("something on stream " + number + " after its end");
        }
        return switch (unit) {
            case Unit.Frame frame -> {
                in.begin(frame);
                yield 0;
            }
            case Unit.More more -> {
                in.more(more);
                yield 0;
            }
            case Unit.End end -> {
                in.end();
                finished = true;
                yield in.surplus();
            }
            case Unit.Reset reset -> reset();
            case Unit.Credit credit -> {
                out.credit(credit.bytes());
                session.ready(this);
                yield 0;
            }
            case Unit.Open open -> throw UnitReader.malformed("stream " + open.stream() + " is opened twice");
            case Unit.Passing passing -> throw new IllegalArgumentException(passing.toString());
        };
    }

    private long reset() {
        finished = true;
        if (!out.over() && !resetSent) {
            out.breakOff();
            resetDue = true;
            session.ready(this);
        }
        return in.breakOffUnlessEnded();
    }

    /** Whether neither side says anything that counts any more, and nothing is left to be taken. */
    boolean done() {
        boolean unheardOf = openDue && out.broken();
        return unheardOf || finished && (out.over() || resetSent) && (closed || in.empty());
    }
}
