package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobWriter;

/** A blob in the making: in the spool until it is committed. */
final class CartridgeWriter implements BlobWriter {

    private final Tape tape;
    private final String key;
    private final Spooled content;
    private boolean closed;

    CartridgeWriter(Tape tape, String key, Spooled content) {
        this.tape = tape;
        this.key = key;
        this.content = content;
    }

    @Override
    public void write(ByteBuffer bytes) throws BackupException {
        tape.requireRoom(key, content.size() + bytes.remaining());
        content.write(bytes);
    }

    @Override
    public void commit() throws BackupException {
        tape.commit(key, content);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            content.close();
            tape.ended();
        }
    }
}
