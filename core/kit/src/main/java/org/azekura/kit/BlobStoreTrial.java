package org.azekura.kit;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.azekura.testkit.device.BlobStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of {@link BlobStore} on the device under test. */
class BlobStoreTrial implements BlobStoreContract {

    private final TrialDevice device = Conformance.device();
    private BlobStore store;
    private boolean closed;

    /** @throws BackupException {@code device.used}: somebody keeps something there */
    static void requireEmpty(TrialDevice device) throws BackupException {
        BlobStore store = device.open(BlobStore.class);
        try {
            List<String> keys = keys(store);
            if (!keys.isEmpty()) {
                throw BackupException.operator("device.used", store.location(), "the device at " + store.location() + " is not empty: it holds " + keys.size()
                        + " blobs, like " + keys.getFirst() + "; give an empty place, for whatever is on it is deleted");
            }
            if (!store.capabilities().delete() && !device.isNumbered()) {
                throw BackupException.operator("setting.missing", store.location(), "the device deletes nothing; let a setting have {rule} in it, so that"
                        + " each rule has an empty place: --set path=/mnt/scratch/{rule}");
            }
        } finally {
            device.close();
        }
    }

    private static List<String> keys(BlobStore store) throws BackupException {
        List<String> keys = new ArrayList<>();
        store.list("", blob -> keys.add(blob.key()));
        return keys;
    }

    @BeforeEach
    void open() throws BackupException {
        device.next();
        store = device.open(BlobStore.class);
    }

    @Override
    public BlobStore store() {
        return store;
    }

    @Override
    public void close() {
        closed = true;
        device.close();
    }

    @AfterEach
    void clear() throws BackupException {
        if (closed) {
            store = device.open(BlobStore.class);
        }
        try {
            if (store != null && store.capabilities().delete()) {
                for (String key : keys(store)) {
                    store.delete(key);
                }
            }
        } finally {
            device.close();
        }
    }
}
