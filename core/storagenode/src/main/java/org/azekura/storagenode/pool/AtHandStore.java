package org.azekura.storagenode.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Readiness;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.device.Terms;

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
    public void extend(String key, BlobLock lock) throws BackupException {
        store.extend(key, lock);
    }

    @Override
    public Optional<BlobLock> lock(String key) throws BackupException {
        return store.lock(key);
    }

    @Override
    public Readiness readiness(String key) throws BackupException {
        return store.readiness(key);
    }

    @Override
    public Map<String, Readiness> survey(Collection<String> keys) throws BackupException {
        return store.survey(keys);
    }

    @Override
    public List<RetrievalTier> tiers() {
        return store.tiers();
    }

    @Override
    public void retrieve(String key, String tier, Duration keep) throws BackupException {
        store.retrieve(key, tier, keep);
    }

    @Override
    public Terms terms() {
        return store.terms();
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
