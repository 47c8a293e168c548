package org.azekura.api.device;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;

/**
 * A blob in the making. One thread at a time. Exactly one of {@link #commit} and {@link #close} without commit ends it;
 * after any exception only {@code close} may follow.
 */
public interface BlobWriter extends AutoCloseable {

    /**
     * Appends all remaining bytes of the buffer.
     *
     * @throws BackupException {@code device.full} if there is no room, {@code device.*} otherwise
     */
    void write(ByteBuffer bytes) throws BackupException;

    /**
     * Makes the blob visible under its key and durable: file and directory synced, object confirmed.
     *
     * @throws BackupException {@code blob.exists} if the key was taken meanwhile; after any failure it is undefined whether
     *                         the blob exists, so the caller writes it again under <em>another</em> key
     */
    void commit() throws BackupException;

    /** Drops the blob if it was not committed: nothing of it remains, at the latest after the device's next opening. */
    @Override
    void close();
}
