package org.azekura.transport.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import org.azekura.api.BackupException;

/** What is to be sent on a stream. Guarded by the session's lock. */
final class Outbox {

    /** Bytes that wait before the sender waits. A larger frame passes when nothing else waits. */
    static final int MAX_BYTES = 2 << 20;

    private enum State { OPEN, ENDED, BROKEN }

    private final int stream;
    private final Condition room;
    private final Deque<ByteBuffer> frames = new ArrayDeque<>();
    private ByteBuffer begun;
    private long bytes;
    private long credit = Inbox.GUARANTEED;
    private State state = State.OPEN;
    private boolean over;

    Outbox(int stream, Condition room) {
        this.stream = stream;
        this.room = room;
    }

    boolean full(int size) {
        return state == State.OPEN && bytes > 0 && bytes + size > MAX_BYTES;
    }

    void add(ByteBuffer frame) {
        frames.add(frame.slice());
        bytes += cost(frame);
        frame.position(frame.limit());
    }

    static int cost(ByteBuffer frame) {
        return frame.remaining() + Inbox.OVERHEAD;
    }

    void credit(int more) throws BackupException {
        credit += more;
        if (credit > Integer.MAX_VALUE) {
            throw UnitReader.malformed("credit of " + credit + " bytes on one stream");
        }
    }

    void end() {
        if (state == State.OPEN) {
            state = State.ENDED;
        }
    }

    boolean ended() {
        return state == State.ENDED;
    }

    boolean broken() {
        return state == State.BROKEN;
    }

    /** Nobody wants it any more. */
    void breakOff() {
        state = State.BROKEN;
        frames.clear();
        begun = null;
        bytes = 0;
        room.signalAll();
    }

    /** Whether the end was sent. */
    boolean over() {
        return over;
    }

    /** @return null if there is nothing that could be sent just now */
    Unit next() {
        if (begun != null) {
            return credit > 0 ? new Unit.More(stream, part(begun, Unit.MAX_PAYLOAD)) : null;
        }
        ByteBuffer frame = frames.peek();
        if (frame != null) {
            if (credit < Inbox.OVERHEAD + Math.min(frame.remaining(), 1)) {
                return null;
            }
            begun = frames.poll();
            credit -= Inbox.OVERHEAD;
            return new Unit.Frame(stream, frame.remaining(), part(frame, Unit.MAX_PAYLOAD - Unit.TOTAL));
        }
        if (state == State.ENDED && !over) {
            over = true;
            return new Unit.End(stream);
        }
        return null;
    }

    private ByteBuffer part(ByteBuffer frame, int most) {
        int length = (int) Math.min(Math.min(most, credit), frame.remaining());
        ByteBuffer part = frame.slice(frame.position(), length);
        frame.position(frame.position() + length);
        credit -= length;
        if (!frame.hasRemaining()) {
            begun = null;
            bytes -= frame.limit() + Inbox.OVERHEAD;
            room.signalAll();
        }
        return part;
    }
}
