package org.azekura.driver.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads parts of objects. What was written in one request has its sum beside it: read whole, it is checked, and asked for once more if it is another. Of parts, and of objects that were
 * joined, S3 tells no checksum; who reads packs checks what is in them.
 */
final class ObjectReader {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectReader.class);

    private final Bucket bucket;
    private final Pace down;

    ObjectReader(Bucket bucket, Pace down) {
        this.bucket = bucket;
        this.down = down;
    }

    /** As {@link org.azekura.api.device.BlobStore#read}. */
    int read(String key, long offset, ByteBuffer into) throws BackupException {
        if (!into.hasRemaining() || offset > Long.MAX_VALUE - into.remaining()) {
            bucket.required(key);
            return 0;
        }
        int begin = into.position();
        Optional<GetObjectResponse> answer = get(key, offset, into);
        if (answer.isPresent() && isChanged(answer.get(), begin, into)) {
            into.position(begin);
            answer = get(key, offset, into);
            if (answer.isPresent() && isChanged(answer.get(), begin, into)) {
                LOG.warn("{} in {} has not the sum that it was written with", key, bucket.setup().location());
            }
        }
        return into.position() - begin;
    }

    /** @return empty at the end and behind it */
    private Optional<GetObjectResponse> get(String key, long offset, ByteBuffer into) throws BackupException {
        int begin = into.position();
        String range = "bytes=" + offset + "-" + (offset + into.remaining() - 1);
        try {
            return Optional.of(bucket.open().getObject(get -> get.bucket(bucket.bucket()).key(bucket.name(key)).range(range), (answer, bytes) -> {
                // A request that broke off is made again, from its begin.
                into.position(begin);
                fill(bytes, into);
                return answer;
            }));
        } catch (SdkException e) {
            into.position(begin);
            if (S3Fault.behindTheEnd(e)) {
                return Optional.empty();
            }
            if (S3Fault.archived(e)) {
                throw S3Fault.archived(key, bucket.setup());
            }
            throw S3Fault.absent(e) ? S3Fault.missing(key, bucket.setup()) : S3Fault.of(e, bucket.setup(), "read " + key);
        }
    }

    private void fill(InputStream bytes, ByteBuffer into) throws IOException {
        try (ReadableByteChannel channel = Channels.newChannel(bytes)) {
            for (int got = channel.read(into); got >= 0; got = into.hasRemaining() ? channel.read(into) : -1) {
                down.take(got);
            }
        }
    }

    /** Whether what was read from {@code begin} on is a whole blob of which the sum is known, and is another. */
    private static boolean isChanged(GetObjectResponse answer, int begin, ByteBuffer into) {
        String sum = answer.metadata().get(S3Store.SUM);
        int length = into.position() - begin;
        boolean whole = ("bytes 0-" + (length - 1) + "/" + length).equals(answer.contentRange());
        return sum != null && whole && !sum.equals(Sum.of(into.duplicate().flip().position(begin)));
    }
}
