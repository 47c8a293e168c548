package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;

/**
 * A store of which some blobs are read elsewhere.
 *
 * @param store that has all of them
 * @param hand  that has some
 */
record AtHandStore(BlobStore store, AtHand hand) implements BlobStore {

    @Override
    public BlobWriter create(String key) throws BackupException {
        return store.create(key);
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        return store.replace(key);
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        int read = hand.read(key, offset, into);
        return read < 0 ? store.read(key, offset, into) : read;
    }

    @Override
    public long size(String key) throws BackupException {
        return store.size(key);
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        store.list(prefix, each);
    }

    @Override
    public void delete(String key) throws BackupException {
        store.delete(key);
    }

    @Override
    public Space space() throws BackupException {
        return store.space();
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public Capabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public void selfTest() throws BackupException {
        store.selfTest();
    }
}
