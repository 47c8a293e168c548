package org.azekura.testkit.device;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Readiness;
import org.azekura.api.device.RetrievalTier;

/** A {@link MemoryStore} that locks blobs, and has an archive, by a clock that only goes when it is told to. Threads: any number, like that. */
public final class MemoryVault implements BlobStore {

    /** How long it takes until a blob comes from the archive. */
    public static final RetrievalTier TIER = new RetrievalTier("Slow", Duration.ofHours(12), 25, 2500);

    private final MemoryStore store;
    private final List<RetrievalTier> tiers;
    /** What was asked for and had to be brought, with the tier, in order: each of these is paid for. */
    private final List<String> asked = new CopyOnWriteArrayList<>();
    /** Of blobs in the archive: from when to when there is a copy. */
    private final Map<String, Copy> archive = new ConcurrentHashMap<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private record Copy(Instant from, Instant until) {
        static final Copy NONE = new Copy(Instant.MIN, Instant.MIN);
    }

    public MemoryVault(MemoryStore store) {
        this(store, List.of(TIER));
    }

    /** @param tiers the cheapest first */
    public MemoryVault(MemoryStore store, List<RetrievalTier> tiers) {
        this.store = store;
        this.tiers = tiers;
        store.locks(EnumSet.allOf(BlobLock.Mode.class), this::now);
    }

    public Instant now() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Each request that had something brought, like {@code Slow packs/ab/cd}, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Puts a blob into the archive, as a rule of the device's own would. */
    public void archive(String key) {
        archive.put(key, Copy.NONE);
    }

    /** The same with every pack that is there. */
    public void freezeAll() {
        store.keys("").stream().filter(key -> key.contains("packs/")).forEach(this::archive);
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        return store.create(key);
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        return store.replace(key);
    }

    @Override
    public void extend(String key, BlobLock lock) throws BackupException {
        store.extend(key, lock);
    }

    @Override
    public Optional<BlobLock> lock(String key) throws BackupException {
        return store.lock(key);
    }

    private void require(String key) throws BackupException {
        if (store.size(key) < 0) {
            throw BackupException.media("blob.missing", key, "there is no blob " + key, null);
        }
    }

    @Override
    public void delete(String key) throws BackupException {
        store.delete(key);
        archive.remove(key);
    }

    @Override
    public Readiness readiness(String key) throws BackupException {
        require(key);
        Copy copy = archive.get(key);
        if (copy == null) {
            return new Readiness.Ready();
        }
        if (!now.isBefore(copy.until())) {
            return new Readiness.Archived();
        }
        return now.isBefore(copy.from()) ? new Readiness.Coming() : new Readiness.Retrieved(copy.until());
    }

    @Override
    public List<RetrievalTier> tiers() {
        return tiers;
    }

    @Override
    public void retrieve(String key, String tier, Duration keep) throws BackupException {
        RetrievalTier by = tiers.stream().filter(one -> one.name().equals(tier)).findFirst().orElseThrow(() -> BackupException.operator("device.unsupported", location(),
                "there is no tier " + tier + ", but " + tiers.stream().map(RetrievalTier::name).toList()));
        require(key);
        archive.computeIfPresent(key, (k, copy) -> {
            if (now.isBefore(copy.until())) {
                return new Copy(copy.from(), later(copy.until(), now.plus(keep)));
            }
            asked.add(tier + " " + key);
            return new Copy(now.plus(by.waiting()), now.plus(by.waiting()).plus(keep));
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        if (archive.containsKey(key) && !(readiness(key) instanceof Readiness.Retrieved)) {
            throw BackupException.media("blob.archived", key, "the blob " + key + " lies in the archive", null);
        }
        return store.read(key, offset, into);
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
