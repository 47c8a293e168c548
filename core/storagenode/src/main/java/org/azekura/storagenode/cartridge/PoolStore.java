package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;

/** The cartridges of a pool, as a store of blobs. */
record PoolStore(Shelf shelf, MediaSet set, Turns turns) implements BlobStore {

    static final Capabilities CAPABILITIES = new Capabilities(true, true);

    private void check(String key) throws BackupException {
        Keys.require(key);
        shelf.requireOpen();
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        check(key);
        set.requireFree(key);
        Spooled content = shelf.spool().begin();
        set.begun();
        return new CartridgeWriter(this, key, content);
    }

    /** Returns when it is on the set. */
    void write(Waiting one) throws BackupException {
        turns.write(location(), one, set::write);
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        check(key);
        return set.read(key, offset, into);
    }

    @Override
    public long size(String key) throws BackupException {
        check(key);
        return set.size(key);
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        Keys.requirePrefix(prefix);
        shelf.requireOpen();
        set.list(prefix, each);
    }

    @Override
    public void delete(String key) throws BackupException {
        check(key);
        if (set.size(key) >= 0) {
            write(new Waiting(key, null));
        }
    }

    @Override
    public Space space() throws BackupException {
        shelf.requireOpen();
        return set.space();
    }

    @Override
    public String location() {
        return set.where();
    }

    @Override
    public void selfTest() throws BackupException {
        shelf.requireOpen();
        shelf.library().selfTest();
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }
}
