package org.azekura.storagenode.job;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.engine.pack.PackSink;

/**
 * Puts small pieces together on their way to a device: to go over to its thread and back for each costs more than what most pages of
 * trees are. Large pieces pass. One thread at a time.
 */
public final class Gathering implements PackSink {

    public static final int BYTES = 128 << 10;

    private final PackSink device;
    private final ByteBuffer gathered = ByteBuffer.allocate(BYTES);

    Gathering(PackSink device) {
        this.device = device;
    }

    @Override
    public void write(ByteBuffer bytes) throws BackupException {
        if (bytes.remaining() > gathered.remaining()) {
            flush();
        }
        if (bytes.remaining() > BYTES) {
            device.write(bytes);
        } else {
            gathered.put(bytes);
        }
    }

    /** What was written so far goes to the device. */
    void flush() throws BackupException {
        gathered.flip();
        if (gathered.hasRemaining()) {
            device.write(gathered);
        }
        gathered.clear();
    }
}
