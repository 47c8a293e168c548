package org.azekura.testkit.device;

import org.azekura.api.device.BlobStore;

class MemoryStoreTest implements BlobStoreContract {

    private final MemoryStore store = new MemoryStore();

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
    }
}
