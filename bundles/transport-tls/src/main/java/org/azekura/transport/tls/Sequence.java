package org.azekura.transport.tls;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.azekura.api.BackupException;

/** Counts the units of both directions and keeps what is not acknowledged. Guarded by the session's lock. */
final class Sequence {

    /** So many units, or so many bytes, are acknowledged together. */
    private static final int UNITS = 64;
    private static final int BYTES = 512 << 10;

    private final Deque<Unit> kept = new ArrayDeque<>();
    private long keptBytes;
    private long acknowledged;
    private long received;
    private int newUnits;
    private int newBytes;

    void sent(Unit unit) {
        kept.add(unit);
        keptBytes += unit.content();
    }

    /** Units that have arrived there, as far as it is known. */
    long acknowledged() {
        return acknowledged;
    }

    /** Bytes that are not acknowledged. */
    long kept() {
        return keptBytes;
    }

    /** The other side says what has arrived there. */
    void acknowledged(long count) throws BackupException {
        if (!fits(count)) {
            throw UnitReader.malformed("unit " + count + " is acknowledged, after " + acknowledged + " and " + kept.size() + " that were sent since");
        }
        for (; acknowledged < count; acknowledged++) {
            keptBytes -= kept.poll().content();
        }
    }

    /** Whether so many can have arrived. */
    boolean fits(long count) {
        return count >= acknowledged && count - acknowledged <= kept.size();
    }

    /** What was not acknowledged, in order. */
    List<Unit> again() {
        return List.copyOf(kept);
    }

    /** @return whether it is time to acknowledge */
    boolean received(Unit unit) {
        received++;
        newUnits++;
        newBytes += unit.content();
        return newUnits >= UNITS || newBytes >= BYTES;
    }

    boolean unsaid() {
        return newUnits > 0;
    }

    long received() {
        return received;
    }

    /** What has arrived, to be said. */
    Unit ack() {
        newUnits = 0;
        newBytes = 0;
        return new Unit.Ack(received);
    }
}
