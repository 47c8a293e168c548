package org.azekura.driver.tape.paper;

import java.nio.ByteBuffer;
import java.util.Set;
import org.azekura.driver.tape.scsi.Outcome;

/** Persistent reservation of one host's view (SPC-4, 5.9): who is registered, and who holds the drive. */
final class PaperReservation {

    /** TEST UNIT READY, REQUEST SENSE, INQUIRY, LOG SENSE, PERSISTENT RESERVE IN and OUT. */
    private static final Set<Integer> ALLOWED = Set.of(0x00, 0x03, 0x12, 0x4d, 0x5e, 0x5f);

    private long registered;
    private long holder;

    void heldBy(long key) {
        holder = key;
    }

    long holder() {
        return holder;
    }

    /** Whether somebody else holds it who keeps a command out (exclusive access; SPC-4, 5.9.1). */
    boolean refuses(int operation) {
        return holder != 0 && holder != registered && !ALLOWED.contains(operation);
    }

    Outcome.Answered out(int action, ByteBuffer data) {
        long key = data.getLong(data.position());
        long other = data.getLong(data.position() + 8);
        switch (action) {
            case 6 -> registered = other;
            case 0 -> {
                holder = holder == registered ? 0 : holder;
                registered = 0;
            }
            case 1 -> {
                if (holder != 0 && holder != key) {
                    return Said.status(0x18);
                }
                holder = key;
            }
            case 4 -> holder = holder == other ? key : holder;
            default -> {
                return Said.sense(5, 0x24, 0);
            }
        }
        return Said.good(0);
    }
}
