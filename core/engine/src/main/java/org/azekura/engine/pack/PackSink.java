package org.azekura.engine.pack;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;

/** Takes the bytes of a pack in order. */
@FunctionalInterface
public interface PackSink {

    /** Takes all remaining bytes. They may change after the return. */
    void write(ByteBuffer bytes) throws BackupException;
}
