package org.azekura.driver.tape.scsi;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * One logical unit, connected. Calls come from one thread at a time; {@link #close} may come from any, and ends a call that waits. Every answer of the
 * device is an {@link Outcome}: no exception tells of it. Nothing is repeated, interpreted or reconnected.
 */
public interface ScsiTransport extends AutoCloseable {

    /**
     * Sends one command, and waits for its end.
     *
     * @param cdb     6, 10, 12 or 16 bytes
     * @param data    direct or heap; not used for {@link Direction#NONE}. {@link Direction#OUT}: its remaining bytes go out, its position stays.
     *                {@link Direction#IN}: it takes at most its remaining bytes, and its position moves behind what came, whatever the status; what
     *                lies between that and its limit may be changed
     * @param timeout from the call until the answer; after it the command is given up, as far as the way allows
     */
    Outcome execute(byte[] cdb, Direction direction, ByteBuffer data, Duration timeout);

    /** Ends the connection; commands are given up. Does nothing the second time. Waits a second at most. */
    @Override
    void close();
}
