package org.azekura.driver.tape.iscsi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A stream of bytes in both directions. One thread at a time; {@link #close} from any. Deadlines are on the clock of {@link System#nanoTime}. */
interface Wire extends Closeable {

    /**
     * Sends all that remains in these.
     *
     * @throws java.net.SocketTimeoutException at the deadline
     * @throws java.nio.channels.ClosedByInterruptException if the thread is interrupted
     */
    void send(ByteBuffer[] pieces, int count, long deadline) throws IOException;

    /** Fills the buffer up to its limit. Throws as {@link #send}, and {@link java.io.EOFException} if the other side ends before. */
    void receive(ByteBuffer into, long deadline) throws IOException;

    /** Whether something may have come, or the other side has ended. */
    boolean pending() throws IOException;

    @Override
    void close();
}
