package org.azekura.driver.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import org.azekura.api.device.BlobWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Holds up to a part in memory; sends it when there is more, or at the end. The service gets the CRC-32C of each request's bytes, and refuses what came otherwise.
 */
final class S3Writer implements BlobWriter {

    /** Bytes of a part, and the most that a writer holds. */
    static final int PART = 16 << 20;
    /** The most that S3 joins. */
    private static final int MAX_PARTS = 10_000;
    private static final int FIRST = 64 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(S3Writer.class);

    private final S3Store store;
    private final Bucket bucket;
    private final String key;
    private final Asked asked;
    private final int partSize;
    /** Who made an object: a request whose answer was lost is made again, and then finds what it has made itself. */
    private final String writer = UUID.randomUUID().toString();
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] held = new byte[FIRST];
    private int length;
    /** Of the parts that were sent; null while there is none, and when they are joined. */
    private String upload;

    /**
     * @param replaces also what has the key
     * @param lock     of what has the key, which the new one gets, too; null for none
     */
    record Asked(boolean replaces, BlobLock lock) {}

    S3Writer(S3Store store, String key, Asked asked, int partSize) {
        this.store = store;
        this.bucket = store.bucket();
        this.key = key;
        this.asked = asked;
        this.partSize = partSize;
    }

    @Override
    public void write(ByteBuffer bytes) throws BackupException {
        bucket.open();
        while (bytes.hasRemaining()) {
            if (length == partSize) {
                sendPart();
            }
            int count = Math.min(bytes.remaining(), partSize - length);
            if (length + count > held.length) {
                held = Arrays.copyOf(held, Math.min(partSize, Math.max(length + count, 2 * held.length)));
            }
            bytes.get(held, length, count);
            length += count;
        }
    }

    private void sendPart() throws BackupException {
        if (upload == null) {
            upload = bucket.call("begin " + key, client -> client.createMultipartUpload(this::describe).uploadId());
            Leftovers.begin(upload);
        }
        int number = parts.size() + 1;
        if (number > MAX_PARTS) {
            throw BackupException.media("device.full", key, "the blob " + key + " is longer than " + (long) MAX_PARTS * partSize + " bytes, the most that an object takes here", null);
        }
        String sum = Sum.of(held, length);
        String tag = bucket.call("write " + key, client -> client.uploadPart(
                part -> part.bucket(bucket.bucket()).key(bucket.name(key)).uploadId(upload).partNumber(number).checksumCRC32C(sum), body()).eTag());
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).checksumCRC32C(sum).build());
        length = 0;
    }

    private void describe(CreateMultipartUploadRequest.Builder begin) {
        begin.bucket(bucket.bucket()).key(bucket.name(key)).checksumAlgorithm(ChecksumAlgorithm.CRC32_C).metadata(Map.of(S3Store.WRITER, writer)).storageClass(storageClass(true));
        if (asked.lock() != null) {
            begin.objectLockMode(ObjectLocks.mode(asked.lock())).objectLockRetainUntilDate(asked.lock().until());
        }
    }

    private void describe(PutObjectRequest.Builder put, String sum) {
        put.bucket(bucket.bucket()).key(bucket.name(key)).ifNoneMatch(condition()).checksumCRC32C(sum).metadata(Map.of(S3Store.WRITER, writer, S3Store.SUM, sum))
                .storageClass(storageClass(false));
        if (asked.lock() != null) {
            put.objectLockMode(ObjectLocks.mode(asked.lock())).objectLockRetainUntilDate(asked.lock().until());
        }
    }

    private String storageClass(boolean parts) {
        String name = bucket.setup().classes().of(key, parts);
        return name.isEmpty() ? null : name;
    }

    private String condition() {
        return asked.replaces() ? null : "*";
    }

    @Override
    public void commit() throws BackupException {
        if (upload != null) {
            sendPart();
        }
        try {
            put();
        } catch (SdkException e) {
            if (!S3Fault.taken(e) && !S3Fault.over(e)) {
                throw S3Fault.of(e, bucket.setup(), "write " + key);
            }
            if (!isOurs()) {
                throw S3Fault.taken(e) ? S3Fault.exists(key, bucket.setup()) : S3Fault.of(e, bucket.setup(), "write " + key);
            }
        }
        boolean joined = upload != null;
        if (joined) {
            Leftovers.end(upload);
            upload = null;
        }
        settle(joined);
    }

    /** What services leave to be done that do not take all of a request for what it says. */
    private void settle(boolean joined) throws BackupException {
        if (asked.replaces()) {
            store.dropOlder(key);
        } else {
            store.requireFirst(key, writer);
        }
        if (joined && asked.lock() != null) {
            // Ceph joins parts to an object without a lock.
            store.extend(key, asked.lock());
        }
    }

    private void put() throws BackupException {
        if (upload == null) {
            String sum = Sum.of(held, length);
            bucket.open().putObject(put -> describe(put, sum), body());
        } else {
            // Ceph does not look at the condition when it joins: so what is there is asked for at the last moment.
            if (!asked.replaces() && bucket.head(key).isPresent()) {
                throw S3Fault.exists(key, bucket.setup());
            }
            bucket.open().completeMultipartUpload(join -> join.bucket(bucket.bucket()).key(bucket.name(key)).uploadId(upload).ifNoneMatch(condition())
                    .multipartUpload(all -> all.parts(parts)));
        }
    }

    private boolean isOurs() throws BackupException {
        return bucket.head(key).filter(there -> writer.equals(there.metadata().get(S3Store.WRITER))).isPresent();
    }

    /** Parts that cannot be dropped now, as the device is closed or gone, go with the next blob that is begun. */
    @Override
    public void close() {
        if (upload != null) {
            boolean remains = false;
            try {
                bucket.call("drop " + key, client -> client.abortMultipartUpload(drop -> drop.bucket(bucket.bucket()).key(bucket.name(key)).uploadId(upload)));
            } catch (BackupException e) {
                remains = true;
                LOG.warn("parts of {} remain until the next is begun, upload={}: {}", bucket.name(key), upload, e.getMessage());
            }
            Leftovers.end(upload);
            upload = null;
            if (remains) {
                store.partsRemain();
            }
        }
    }

    private RequestBody body() {
        byte[] bytes = held;
        int count = length;
        return RequestBody.fromContentProvider(() -> new PacedBytes(store.up(), bytes, count), count, "application/octet-stream");
    }
}
