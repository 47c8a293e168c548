package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;

/** The volume of a pool, as a store of blobs. */
record PoolStore(Shelf shelf, Tape tape) implements BlobStore {

    static final Capabilities CAPABILITIES = new Capabilities(true, true);

    private void check(String key) throws BackupException {
        Keys.require(key);
        shelf.requireOpen();
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        check(key);
        tape.requireFree(key);
        Spooled content = shelf.spool().begin();
        tape.begun();
        return new CartridgeWriter(tape, key, content);
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        check(key);
        return tape.read(key, offset, into);
    }

    @Override
    public long size(String key) throws BackupException {
        check(key);
        return tape.size(key);
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        Keys.requirePrefix(prefix);
        shelf.requireOpen();
        tape.list(prefix, each);
    }

    @Override
    public void delete(String key) throws BackupException {
        check(key);
        tape.delete(key);
    }

    @Override
    public Space space() throws BackupException {
        shelf.requireOpen();
        return tape.space();
    }

    @Override
    public String location() {
        return tape.where();
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
