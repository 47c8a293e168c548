package org.azekura.storagenode.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
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
 * A part of a device that is a volume of its own: the blobs whose keys begin with a folder.
 *
 * @param folder without a slash at its end
 */
public record FolderStore(BlobStore device, String folder) implements BlobStore {

    private String at(String key) {
        return folder + "/" + key;
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        return device.create(at(key));
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        return device.replace(at(key));
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        return device.read(at(key), offset, into);
    }

    @Override
    public long size(String key) throws BackupException {
        return device.size(at(key));
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        device.list(at(prefix), blob -> each.accept(new Blob(blob.key().substring(folder.length() + 1), blob.size())));
    }

    @Override
    public void delete(String key) throws BackupException {
        device.delete(at(key));
    }

    @Override
    public void extend(String key, BlobLock lock) throws BackupException {
        device.extend(at(key), lock);
    }

    @Override
    public Optional<BlobLock> lock(String key) throws BackupException {
        return device.lock(at(key));
    }

    @Override
    public Readiness readiness(String key) throws BackupException {
        return device.readiness(at(key));
    }

    @Override
    public Map<String, Readiness> survey(Collection<String> keys) throws BackupException {
        Map<String, Readiness> found = new HashMap<>();
        device.survey(keys.stream().map(this::at).toList()).forEach((key, readiness) -> found.put(key.substring(folder.length() + 1), readiness));
        return found;
    }

    @Override
    public List<RetrievalTier> tiers() {
        return device.tiers();
    }

    @Override
    public void retrieve(String key, String tier, Duration keep) throws BackupException {
        device.retrieve(at(key), tier, keep);
    }

    @Override
    public Terms terms() {
        return device.terms();
    }

    @Override
    public Optional<String> place() throws BackupException {
        return device.place();
    }

    @Override
    public void remake(String place) throws BackupException {
        device.remake(place);
    }

    @Override
    public Space space() throws BackupException {
        return device.space();
    }

    @Override
    public String location() {
        return device.location() + "/" + folder;
    }

    @Override
    public void selfTest() throws BackupException {
        device.selfTest();
    }

    @Override
    public Capabilities capabilities() {
        return device.capabilities();
    }
}
