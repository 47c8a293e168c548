package org.azekura.client.stream;

import org.azekura.api.BackupException;
import org.azekura.api.RawPath;

/** Bytes that are saved as one file. One thread reads; any may close, which ends a read. */
public interface IncomingStream extends AutoCloseable {

    /** The file's name. */
    RawPath name();

    /**
     * Waits for so many bytes, as long as they come.
     *
     * @return fewer only at the end
     * @throws BackupException if it broke off: nothing of it is to be saved
     */
    int read(byte[] into, int offset, int wanted) throws BackupException;

    @Override
    void close();
}
