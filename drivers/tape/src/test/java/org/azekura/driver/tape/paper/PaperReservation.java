package org.azekura.driver.tape.paper;

import java.nio.ByteBuffer;
import org.azekura.driver.tape.scsi.Outcome;

/** Persistent reservation of one host's view (SPC-4, 5.9): who is registered, and who holds the drive. */
final class PaperReservation {

    private long registered;
    private long holder;

    void heldBy(long key) {
        holder = key;
    }

    long holder() {
        return holder;
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
