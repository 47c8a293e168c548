package org.azekura.transport.tls;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;

/** The streams of a connection, and whose turn it is to send. Guarded by the session's lock. */
final class Streams {

    /** Data streams that wait to be accepted. */
    static final int MAX_WAITING = 256;
    /** Data streams that one side opened. */
    static final int MAX_OPEN = 1024;

    private final Session session;
    private final ReentrantLock lock;
    private final Budget budget;
    private final TlsStream control;
    private final Map<Integer, TlsStream> alive = new HashMap<>();
    private final Deque<TlsStream> waiting = new ArrayDeque<>();
    private final SequencedSet<TlsStream> urgent = new LinkedHashSet<>();
    private final SequencedSet<TlsStream> ready = new LinkedHashSet<>();
    private final boolean odd;
    private int ours;
    private int theirs;

    /** @param odd whether the streams that this side opens are odd */
    Streams(Session session, boolean odd, ReentrantLock lock, Budget budget) {
        this.session = session;
        this.lock = lock;
        this.budget = budget;
        this.odd = odd;
        this.ours = odd ? -1 : 0;
        this.theirs = odd ? 0 : -1;
        this.control = stream(0, false);
    }

    private TlsStream stream(int number, boolean opens) {
        TlsStream stream = new TlsStream(number, opens, session, lock, budget);
        alive.put(number, stream);
        return stream;
    }

    TlsStream control() {
        return control;
    }

    /** @throws BackupException {@code transport.busy} */
    TlsStream open() throws BackupException {
        if (count(odd) >= MAX_OPEN || ours >= Integer.MAX_VALUE - 2) {
            throw BackupException.network("transport.busy", "", MAX_OPEN + " data streams with " + session + " are open", null);
        }
        ours += 2;
        TlsStream stream = stream(ours, true);
        urgent.add(stream);
        return stream;
    }

    private long count(boolean odds) {
        return alive.keySet().stream().filter(number -> number != 0 && (number & 1) == (odds ? 1 : 0)).count();
    }

    /** @return null if none waits to be accepted */
    TlsStream poll() {
        return waiting.poll();
    }

    /** The other side opens one; too many are given up at once. */
    void opened(int number) throws BackupException {
        if (number <= theirs || (number & 1) == (odd ? 1 : 0) || number == 0) {
            throw UnitReader.malformed("stream " + number + " is opened after " + theirs);
        }
        theirs = number;
        TlsStream stream = stream(number, false);
        if (alive.size() > 4 * MAX_OPEN) {
            throw UnitReader.malformed("more streams are opened than may be");
        }
        if (waiting.size() < MAX_WAITING && count(!odd) <= MAX_OPEN) {
            waiting.add(stream);
        } else {
            stream.close();
        }
    }

    /** A unit for one of them. @return what goes back to the budget */
    long take(Unit unit) throws BackupException {
        TlsStream stream = find(unit);
        if (stream == null) {
            return 0;
        }
        long back = stream.take(unit);
        forgetIfDone(stream);
        return back;
    }

    /** @return null if it is one of the past that takes no notice of this unit any more */
    private TlsStream find(Unit unit) throws BackupException {
        TlsStream stream = alive.get(unit.stream());
        if (stream == null) {
            boolean past = unit.stream() <= ((unit.stream() & 1) == (odd ? 1 : 0) ? ours : theirs);
            if (!past || !(unit instanceof Unit.Credit) && !(unit instanceof Unit.Reset)) {
                throw UnitReader.malformed("there is no stream " + unit.stream());
            }
        }
        return stream;
    }

    void urgent(TlsStream stream) {
        urgent.add(stream);
    }

    void ready(TlsStream stream) {
        ready.add(stream);
    }

    void forgetIfDone(TlsStream stream) {
        if (stream != control && stream.done()) {
            alive.remove(stream.number(), stream);
            urgent.remove(stream);
            ready.remove(stream);
        }
    }

    /** What is sent next: first what must not wait, then the control stream, then one unit of each stream in turn. */
    Unit next(boolean data) {
        while (!urgent.isEmpty()) {
            Unit unit = urgent.getFirst().urgent();
            if (unit != null) {
                return unit;
            }
            urgent.removeFirst();
        }
        if (ready.contains(control)) {
            Unit unit = of(control, data);
            if (unit != null) {
                return unit;
            }
        }
        for (int left = ready.size(); left > 0; left--) {
            Unit unit = of(ready.getFirst(), data);
            if (unit != null) {
                return unit;
            }
        }
        return null;
    }

    /** Whoever had nothing comes again when that changes; whoever had to wait for acknowledgements stays. */
    private Unit of(TlsStream stream, boolean data) {
        ready.remove(stream);
        Unit unit = stream.next(data);
        if (unit != null || !data) {
            ready.add(stream);
        }
        forgetIfDone(stream);
        return unit;
    }

    /** @return what goes back to the budget */
    long breakOff() {
        long back = 0;
        for (TlsStream stream : alive.values()) {
            back += stream.breakOff();
        }
        alive.clear();
        waiting.clear();
        urgent.clear();
        ready.clear();
        return back;
    }
}
