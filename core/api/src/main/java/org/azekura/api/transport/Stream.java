package org.azekura.api.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;

/**
 * Frames in order, both ways. One thread at a time may send, another may receive.
 */
public interface Stream extends AutoCloseable {

    /** Largest frame in bytes: a chunk of 4 MiB with what surrounds it. */
    int MAX_FRAME = 5 << 20;

    /**
     * Sends the remaining bytes as one frame; waits while the other side has too many unread bytes. The buffer's content
     * belongs to the stream from here on: the caller must not change it again.
     *
     * @throws IllegalArgumentException if the frame is larger than {@link #MAX_FRAME}
     * @throws BackupException          {@code transport.closed} if the stream is gone, {@code transport.timeout} if there was
     *                                  no room in time; whether the frame arrived is then unknown
     */
    void send(ByteBuffer frame, Duration timeout) throws BackupException;

    /**
     * Waits for the next frame.
     *
     * @return null if the other side ended its sending and every frame was received
     * @throws BackupException {@code transport.closed} if the stream broke before its end, {@code transport.timeout} if
     *                         nothing came in time
     */
    ByteBuffer receive(Duration timeout) throws BackupException;

    /** Says that no more frames will be sent. Receiving goes on. */
    void endSending() throws BackupException;

    /** Gives up both directions; the other side sees {@code transport.closed} unless this side had ended its sending. */
    @Override
    void close();
}
