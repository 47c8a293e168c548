package org.azekura.kit;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store for each rule, made anew and cleared behind it. */
abstract class StoreTrial {

    private final TrialDevice device = Conformance.device();
    private BlobStore store;
    private boolean closed;

    /**
     * @return whether it says that it locks blobs
     * @throws BackupException {@code device.used}: somebody keeps something there
     */
    static boolean requireEmpty(TrialDevice device) throws BackupException {
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
            return !store.capabilities().locks().isEmpty();
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

    public BlobStore store() {
        return store;
    }

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
                    delete(key);
                }
            }
        } finally {
            device.close();
        }
    }

    /** What a rule has locked remains for the minute that it is locked for. */
    private void delete(String key) throws BackupException {
        try {
            store.delete(key);
        } catch (BackupException e) {
            if (!e.failure().code().equals("blob.locked")) {
                throw e;
            }
        }
    }
}
