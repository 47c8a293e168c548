package org.azekura.driver.s3;

import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/** Whether the service can what this driver counts on, told by an object that is no blob and goes again. In a bucket with locks it might not go, so there nothing is written. */
record SelfTest(Bucket bucket, Versions versions) {

    void run() throws BackupException {
        bucket.call("list blobs", client -> client.listObjectsV2(list -> list.bucket(bucket.bucket()).prefix(bucket.setup().prefix()).maxKeys(1)));
        if (bucket.setup().locks()) {
            requireLocks();
            return;
        }
        String probe = BlobKeys.DRAFTS + "/" + UUID.randomUUID();
        put(probe);
        try {
            put(probe);
        } catch (SdkException e) {
            if (!S3Fault.taken(e)) {
                throw S3Fault.of(e, bucket.setup(), "write " + probe + " once more");
            }
            return;
        } finally {
            versions.delete(probe);
        }
        throw BackupException.operator("device.unsupported", bucket.setup().location(), "the service at " + bucket.setup().location()
                + " overwrites an object although the request says If-None-Match: *; two writers could take the same name; use a service that knows this condition");
    }

    private void put(String key) throws BackupException {
        bucket.open().putObject(put -> put.bucket(bucket.bucket()).key(bucket.name(key)).ifNoneMatch("*"), RequestBody.empty());
    }

    private void requireLocks() throws BackupException {
        try {
            bucket.open().getObjectLockConfiguration(get -> get.bucket(bucket.bucket()));
        } catch (SdkException e) {
            throw S3Fault.denied(e) ? S3Fault.of(e, bucket.setup(), "ask for Object Lock")
                    : Setup.refused("objectLock", "true", "the bucket " + bucket.bucket() + " was made without Object Lock; make one with it, or set this to false");
        }
    }
}
