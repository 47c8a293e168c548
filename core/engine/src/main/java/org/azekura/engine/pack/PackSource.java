package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;

/** Gives the bytes of a pack in any order. */
public interface PackSource {

    /** Bytes of the whole pack. */
    long size() throws BackupException;

    /**
     * Reads up to the buffer's limit.
     *
     * @return bytes read; fewer than wanted only at the end, 0 (or -1) at or behind it
     */
    int read(long offset, ByteBuffer into) throws BackupException;
}
