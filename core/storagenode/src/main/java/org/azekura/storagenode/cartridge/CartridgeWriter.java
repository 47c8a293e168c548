package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.cartridge.blob.Spooled;
import org.azekura.storagenode.cartridge.blob.Waiting;

/** A blob in the making: in the spool until it is committed. */
final class CartridgeWriter implements BlobWriter {

    private final PoolStore pool;
    private final String key;
    private final Spooled content;
    private boolean closed;

    CartridgeWriter(PoolStore pool, String key, Spooled content) {
        this.pool = pool;
        this.key = key;
        this.content = content;
    }

    @Override
    public void write(ByteBuffer bytes) throws BackupException {
        pool.set().requireRoom(key, content.size() + bytes.remaining());
        content.write(bytes);
    }

    @Override
    public void commit() throws BackupException {
        pool.set().requireRoom(key, content.size());
        pool.write(new Waiting(key, content));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            content.close();
            pool.set().ended();
        }
    }
}
