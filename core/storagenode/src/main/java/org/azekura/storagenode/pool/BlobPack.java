package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.device.BlobStore;
import org.azekura.engine.pack.PackSource;

/** A pack on a device. Used on a thread of the device. */
public final class BlobPack implements PackSource {

    private final BlobStore store;
    private final String key;
    private final long size;

    /** @throws BackupException {@code blob.missing} if there is no such pack */
    public BlobPack(BlobStore store, PackId pack) throws BackupException {
        this.store = store;
        this.key = VolumeKeys.pack(pack);
        this.size = store.size(key);
        if (size < 0) {
            throw BackupException.media("blob.missing", pack.toString(), "there is no " + key + " in " + store.location(), null);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long offset, ByteBuffer into) throws BackupException {
        return store.read(key, offset, into);
    }
}
