package org.azekura.transport.tls;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;

/**
 * What arrives on a stream, and the credit that is given for it. Guarded by the session's lock; methods that return bytes return what is to be
 * given back to the budget when the lock is free.
 */
final class Inbox {

    /** What every stream may have, so that small frames need not ask. */
    static final int GUARANTEED = 64 << 10;
    /** What a frame costs beside its bytes, so that empty ones are bounded too. */
    static final int OVERHEAD = 64;
    /** Less is not worth a unit. */
    private static final int LEAST = 4 << 10;

    private enum State { OPEN, ENDED, BROKEN }

    private final Budget budget;
    private final Condition arrived;
    private final Credits credits;
    private final Deque<ByteBuffer> frames = new ArrayDeque<>();
    private State state = State.OPEN;
    private byte[] making;
    private int made;
    private int total;
    private int waiting;
    private boolean asked;
    private long window = GUARANTEED;
    private long granted = GUARANTEED;
    private long received;
    private long consumed;
    private long charged;

    /** Tells the other side. */
    interface Credits {
        void give(long bytes);

        /** Does something with the session's lock, then gives back what it returns. */
        void locked(LongSupplier work);
    }

    Inbox(Budget budget, Condition arrived, Credits credits) {
        this.budget = budget;
        this.arrived = arrived;
        this.credits = credits;
    }

    void begin(Unit.Frame frame) throws BackupException {
        if (making != null) {
            throw UnitReader.malformed("a frame begins within a frame");
        }
        spend(OVERHEAD + frame.content());
        total = frame.total();
        made = 0;
        // Not more than credit was given for: the total is only what the other side says.
        making = new byte[(int) Math.min(total, frame.content() + granted - received)];
        fill(frame.bytes());
    }

    void more(Unit.More more) throws BackupException {
        if (making == null || more.content() > total - made) {
            throw UnitReader.malformed("bytes of a frame that has not begun or is whole");
        }
        spend(more.content());
        fill(more.bytes());
    }

    private void spend(int cost) throws BackupException {
        if (state == State.ENDED) {
            throw UnitReader.malformed("a frame after the end of a stream");
        }
        received += cost;
        if (received > granted) {
            throw UnitReader.malformed("more than there was credit for");
        }
    }

    private void fill(ByteBuffer bytes) {
        int length = bytes.remaining();
        if (made + length > making.length) {
            making = Arrays.copyOf(making, total);
        }
        bytes.get(making, made, length);
        made += length;
        if (made == total) {
            if (state == State.BROKEN) {
                consumed = received;
            } else {
                frames.add(ByteBuffer.wrap(making));
                arrived.signal();
            }
            making = null;
        }
        if (granted - received < window / 4) {
            window = Math.min(2 * window, Budget.MAX_WINDOW);
        }
        askForRest();
    }

    /** A frame that has begun must become whole, or nobody can take it. */
    private void askForRest() {
        long rest = rest();
        if (rest <= 0 || asked) {
            return;
        }
        if (budget.whole(charged, rest)) {
            grant(rest, rest);
        } else if (waiting > 0) {
            asked = true;
            if (budget.ask(this::granted, rest)) {
                asked = false;
                grant(rest, rest);
            }
        }
    }

    private long rest() {
        return making == null || state != State.OPEN ? 0 : total - made - (granted - received);
    }

    /** Called with no lock held. */
    private void granted(long bytes) {
        credits.locked(() -> {
            asked = false;
            // Whoever waited may have gone meanwhile: then it is not for a stream that nobody reads.
            long rest = waiting > 0 ? Math.clamp(rest(), 0, bytes) : 0;
            grant(rest, rest);
            return bytes - rest;
        });
    }

    private void grant(long bytes, long charge) {
        if (bytes > 0) {
            granted += bytes;
            charged += charge;
            credits.give(bytes);
        }
    }

    /** No frame comes any more. */
    void end() throws BackupException {
        if (state == State.ENDED || making != null) {
            throw UnitReader.malformed("the end of a stream within a frame or twice");
        }
        if (state == State.OPEN) {
            state = State.ENDED;
            arrived.signalAll();
        }
    }

    /** The other side gives the stream up. */
    long breakOffUnlessEnded() {
        return state == State.ENDED ? 0 : breakOff();
    }

    /** Drops all; what is still on its way is dropped when it comes. */
    long breakOff() {
        state = State.BROKEN;
        frames.clear();
        arrived.signalAll();
        long back = charged;
        charged = 0;
        return back;
    }

    boolean empty() {
        return frames.isEmpty();
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** @throws BackupException {@code transport.timeout} */
    void await(Wait wait, String name) throws BackupException {
        waiting++;
        try {
            while (state == State.OPEN && frames.isEmpty()) {
                askForRest();
                wait.on(arrived, "a frame on " + name);
            }
        } finally {
            waiting--;
        }
    }

    boolean broken() {
        return state == State.BROKEN;
    }

    /** @return null at the end */
    ByteBuffer poll() {
        ByteBuffer frame = frames.poll();
        if (frame != null) {
            consumed += OVERHEAD + frame.remaining();
        }
        return frame;
    }

    /** What was for frames that have been taken, or that will not come. */
    long surplus() {
        long promised = state == State.OPEN ? granted : received;
        long back = Math.max(0, charged - Math.max(0, promised - consumed - GUARANTEED));
        charged -= back;
        return back;
    }

    /** Gives credit again, as far as the window and memory go. */
    void grow() {
        long promised = granted - consumed;
        if (state != State.OPEN || promised > window - window / 4) {
            return;
        }
        long free = Math.max(0, GUARANTEED - promised);
        long wanted = window - promised - free;
        long got = wanted > 0 ? budget.window(charged, wanted) : 0;
        if (free + got >= LEAST || promised < GUARANTEED / 2) {
            grant(free + got, got);
        } else {
            charged += got;
        }
    }
}
