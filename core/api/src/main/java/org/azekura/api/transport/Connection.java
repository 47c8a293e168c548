package org.azekura.api.transport;

import java.time.Duration;
import org.azekura.api.BackupException;

/**
 * One control stream and any number of data streams between two roles. Safe for any number of threads.
 */
public interface Connection extends AutoCloseable {

    /** The scheme of the transport that it was made by, like {@code local}. */
    String scheme();

    /** The name of the other side as the transport vouches for it, like {@code client/web1}. */
    String peer();

    /** From where the other side comes, or where it was dialled: a host's name or address; empty if it is this process. */
    String host();

    /** The stream for messages; there from the start. */
    Stream control();

    /**
     * Opens a data stream. The other side gets it from {@link #accept}.
     *
     * @throws BackupException {@code transport.closed} if the connection is gone
     */
    Stream open() throws BackupException;

    /**
     * Waits for the next data stream that the other side opened.
     *
     * @return null if the connection was closed
     * @throws BackupException {@code transport.timeout} if none came in time
     */
    Stream accept(Duration timeout) throws BackupException;

    /** Ends all streams on both sides at once; frames on their way are lost. Closing twice is no error. */
    @Override
    void close();
}
