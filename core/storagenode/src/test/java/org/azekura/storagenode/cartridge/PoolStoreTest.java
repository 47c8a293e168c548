package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.testkit.device.BlobStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A volume on a cartridge is a store of blobs like any other, but for its label. */
class PoolStoreTest implements BlobStoreContract {

    @TempDir
    Path dir;
    private Cartridges cartridges;
    private BlobStore store;

    @BeforeEach
    void open() throws Exception {
        cartridges = new Cartridges(dir, 1);
        store = new WithoutLabel(cartridges.labelled(Cartridges.POOL));
    }

    @AfterEach
    void end() {
        cartridges.close();
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public void close() {
        cartridges.store().close();
    }

    /** The contract begins with a store that is empty. */
    private record WithoutLabel(BlobStore store) implements BlobStore {

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
            return store.read(key, offset, into);
        }

        @Override
        public long size(String key) throws BackupException {
            return store.size(key);
        }

        @Override
        public void list(String prefix, Consumer<Blob> each) throws BackupException {
            store.list(prefix, blob -> {
                if (!blob.key().equals(Keys.LABEL)) {
                    each.accept(blob);
                }
            });
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
    }
}
