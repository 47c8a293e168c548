package org.azekura.driver.s3;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Readiness;
import org.azekura.api.device.RetrievalTier;
import org.azekura.api.device.Terms;
import org.azekura.api.device.Traffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keeps each blob in an object whose name is the prefix and its key. */
final class S3Store implements BlobStore, AutoCloseable {

    /** Names beside an object: who wrote it, and the CRC-32C of the whole. */
    static final String WRITER = "azekura-writer";
    static final String SUM = "azekura-crc32c";

    private static final Logger LOG = LoggerFactory.getLogger(S3Store.class);

    private final Bucket bucket;
    private final ObjectLocks locks;
    private final Versions versions;
    private final Archive archive;
    private final ArchiveSurvey survey;
    private final Leftovers leftovers;
    private final ObjectReader reader;
    private final Pace up;
    private final int partSize;

    /** @throws BackupException {@code setting.ca}; the service is not asked */
    S3Store(Setup setup) throws BackupException {
        this(setup, S3Writer.PART);
    }

    /** @param partSize bytes, at least the 5 MiB that services ask for */
    S3Store(Setup setup, int partSize) throws BackupException {
        this.partSize = partSize;
        bucket = new Bucket(setup);
        locks = new ObjectLocks(bucket);
        versions = new Versions(bucket, locks);
        archive = new Archive(bucket);
        survey = new ArchiveSurvey(bucket);
        leftovers = new Leftovers(bucket);
        up = new Pace(setup.limits().bytesUp());
        reader = new ObjectReader(bucket, new Pace(setup.limits().bytesDown(), bucket.meter()::out));
    }

    static Capabilities capabilities(boolean locks) {
        return new Capabilities(true, true, true, locks ? Set.copyOf(EnumSet.allOf(BlobLock.Mode.class)) : Set.of());
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        BlobKeys.check(key);
        leftovers.clear();
        if (bucket.head(key).isPresent()) {
            throw S3Fault.exists(key, bucket.setup());
        }
        return new S3Writer(this, key, new S3Writer.Asked(false, null), partSize);
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        BlobKeys.check(key);
        leftovers.clear();
        return new S3Writer(this, key, new S3Writer.Asked(true, locks.lock(key, null).orElse(null)), partSize);
    }

    /** @throws BackupException {@code blob.exists} if somebody else's was there before what was just put */
    void requireFirst(String key, String writer) throws BackupException {
        versions.requireFirst(key, writer);
    }

    /**
     * What took another's place stands; that the other is not gone yet, or locked still, costs its room. A lock that was lengthened while the new one came is the
     * older one's.
     */
    void dropOlder(String key) throws BackupException {
        Optional<BlobLock> held = versions.olderLock(key);
        if (held.isPresent()) {
            locks.extend(key, held.get());
        }
        try {
            versions.deleteOlder(key);
        } catch (BackupException e) {
            LOG.warn("the older version of {} remains: {}", bucket.name(key), e.getMessage());
        }
    }

    void partsRemain() {
        leftovers.remain();
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        return reader.read(BlobKeys.check(key), offset, into);
    }

    /** Asks for the bucket, too, before it says that something is not there. */
    @Override
    public long size(String key) throws BackupException {
        Optional<Long> size = bucket.head(BlobKeys.check(key)).map(head -> head.contentLength());
        if (size.isEmpty()) {
            bucket.require();
        }
        return size.orElse(-1L);
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        BlobKeys.checkPrefix(prefix);
        String start = bucket.name(prefix);
        int from = bucket.setup().prefix().length();
        // Services that keep objects as files take dots at the end for a folder, and list it or refuse.
        String asked = start.replaceFirst("\\.+$", "");
        try {
            for (S3Object object : bucket.open().listObjectsV2Paginator(list -> list.bucket(bucket.bucket()).prefix(asked)).contents()) {
                bucket.open();
                if (object.key().startsWith(start) && BlobKeys.isKey(object.key().substring(from))) {
                    each.accept(new Blob(object.key().substring(from), object.size()));
                }
            }
        } catch (SdkException e) {
            throw S3Fault.of(e, bucket.setup(), "list " + (prefix.isEmpty() ? "blobs" : prefix));
        }
    }

    @Override
    public void delete(String key) throws BackupException {
        versions.delete(BlobKeys.check(key));
    }

    @Override
    public void extend(String key, BlobLock lock) throws BackupException {
        locks.extend(BlobKeys.check(key), lock);
    }

    @Override
    public Optional<BlobLock> lock(String key) throws BackupException {
        return locks.lock(BlobKeys.check(key));
    }

    @Override
    public Readiness readiness(String key) throws BackupException {
        return archive.readiness(BlobKeys.check(key));
    }

    @Override
    public Map<String, Readiness> survey(Collection<String> keys) throws BackupException {
        return survey.of(keys);
    }

    @Override
    public List<RetrievalTier> tiers() {
        return bucket.setup().prices().tiers();
    }

    @Override
    public void retrieve(String key, String tier, Duration keep) throws BackupException {
        archive.retrieve(BlobKeys.check(key), tier, keep);
    }

    @Override
    public Terms terms() {
        return bucket.setup().prices().terms(bucket.setup().limits());
    }

    @Override
    public Optional<Traffic> traffic() {
        return Optional.of(bucket.meter().traffic());
    }

    @Override
    public Space space() throws BackupException {
        bucket.open();
        return new Space(-1, -1);
    }

    @Override
    public void selfTest() throws BackupException {
        bucket.require();
        new SelfTest(bucket, versions).run();
    }

    /** A bucket is told by its name: nobody else has one of that name at the same service. */
    @Override
    public Optional<String> place() throws BackupException {
        bucket.open();
        return Optional.of(location());
    }

    @Override
    public String location() {
        return bucket.setup().location();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities(bucket.setup().locks());
    }

    @Override
    public void close() {
        bucket.close();
    }

    Bucket bucket() {
        return bucket;
    }

    Pace up() {
        return up;
    }
}
