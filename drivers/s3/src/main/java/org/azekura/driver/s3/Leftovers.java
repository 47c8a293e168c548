package org.azekura.driver.s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Parts of blobs that a killed run left: they are not seen, but paid for. They go before the first blob is begun; a prefix is written by one device alone. */
final class Leftovers {

    /** Uploads that devices of this process have under way, should one's prefix lie in the other's. */
    private static final Set<String> UNDER_WAY = ConcurrentHashMap.newKeySet();

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Bucket bucket;
    private boolean looked;

    Leftovers(Bucket bucket) {
        this.bucket = bucket;
    }

    static void begin(String upload) {
        UNDER_WAY.add(upload);
    }

    static void end(String upload) {
        UNDER_WAY.remove(upload);
    }

    /** Of an upload that could not be dropped: they are looked for anew. */
    synchronized void remain() {
        looked = false;
    }

    /** Once, and after something remained. Who may not, or a service that can't, does not keep anybody from writing. */
    synchronized void clear() throws BackupException {
        if (looked) {
            return;
        }
        int gone = 0;
        try {
            for (MultipartUpload left : bucket.open().listMultipartUploadsPaginator(list -> list.bucket(bucket.bucket()).prefix(bucket.setup().prefix())).uploads()) {
                if (isOurs(left)) {
                    bucket.open().abortMultipartUpload(drop -> drop.bucket(bucket.bucket()).key(left.key()).uploadId(left.uploadId()));
                    gone++;
                }
            }
        } catch (SdkException e) {
            if (!S3Fault.denied(e) && !S3Fault.unknown(e)) {
                throw S3Fault.of(e, bucket.setup(), "look for what killed runs have left");
            }
            LOG.warn("what killed runs have left in {} was not looked for: {}; have the bucket drop unfinished uploads by itself", bucket.setup().location(), e.getMessage());
        }
        looked = true;
        if (gone > 0) {
            LOG.info("{} blobs that a killed run left unfinished in {} are gone", gone, bucket.setup().location());
        }
    }

    private boolean isOurs(MultipartUpload left) {
        String prefix = bucket.setup().prefix();
        return left.key().startsWith(prefix) && BlobKeys.isKey(left.key().substring(prefix.length())) && !UNDER_WAY.contains(left.uploadId());
    }
}
