package org.azekura.driver.s3;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

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
    private final String key;
    private final String bucket;
    private final String name;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] held = new byte[FIRST];
    private int length;
    /** Of the parts that were sent; null while there is none, and when they are joined. */
    private String upload;

    S3Writer(S3Store store, String key) {
        this.store = store;
        this.key = key;
        bucket = store.setup().bucket();
        name = store.name(key);
    }

    @Override
    public void write(ByteBuffer bytes) throws BackupException {
        store.open();
        while (bytes.hasRemaining()) {
            if (length == PART) {
                sendPart();
            }
            int count = Math.min(bytes.remaining(), PART - length);
            if (length + count > held.length) {
                held = Arrays.copyOf(held, Math.min(PART, Math.max(length + count, 2 * held.length)));
            }
            bytes.get(held, length, count);
            length += count;
        }
    }

    private void sendPart() throws BackupException {
        if (upload == null) {
            upload = store.call("begin " + key, client -> client.createMultipartUpload(
                    begin -> begin.bucket(bucket).key(name).checksumAlgorithm(ChecksumAlgorithm.CRC32_C)).uploadId());
        }
        int number = parts.size() + 1;
        if (number > MAX_PARTS) {
            throw BackupException.media("device.full", key, "the blob " + key + " is longer than " + (long) MAX_PARTS * PART + " bytes, the most that an object takes here", null);
        }
        String sum = sum();
        String tag = store.call("write " + key, client -> client.uploadPart(
                part -> part.bucket(bucket).key(name).uploadId(upload).partNumber(number).checksumCRC32C(sum), body()).eTag());
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).checksumCRC32C(sum).build());
        length = 0;
    }

    @Override
    public void commit() throws BackupException {
        if (upload != null) {
            sendPart();
        }
        try {
            if (upload == null) {
                String sum = sum();
                store.open().putObject(put -> put.bucket(bucket).key(name).ifNoneMatch("*").checksumCRC32C(sum), body());
            } else {
                store.open().completeMultipartUpload(join -> join.bucket(bucket).key(name).uploadId(upload).ifNoneMatch("*").multipartUpload(all -> all.parts(parts)));
                upload = null;
            }
        } catch (SdkException e) {
            throw S3Fault.taken(e) ? S3Fault.exists(key, store.setup()) : S3Fault.of(e, store.setup(), "write " + key);
        }
    }

    /** Parts that cannot be dropped now, as the device is closed or gone, are not seen, but paid for. */
    @Override
    public void close() {
        if (upload != null) {
            try {
                store.call("drop " + key, client -> client.abortMultipartUpload(drop -> drop.bucket(bucket).key(name).uploadId(upload)));
            } catch (BackupException e) {
                LOG.warn("parts of {} remain in bucket {}, upload={}: {}", name, bucket, upload, e.getMessage());
            }
            upload = null;
        }
    }

    private RequestBody body() {
        byte[] bytes = held;
        int count = length;
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes, 0, count), count, "application/octet-stream");
    }

    private String sum() {
        CRC32C sum = new CRC32C();
        sum.update(held, 0, length);
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
    }
}
