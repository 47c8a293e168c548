package org.azekura.driver.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRetentionResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

/** Locks of blobs as the service's Object Lock, which is a property of the bucket from its making on. It holds for a version of an object; blobs have one. */
final class ObjectLocks {

    private final Bucket bucket;

    ObjectLocks(Bucket bucket) {
        this.bucket = bucket;
    }

    /** @throws BackupException {@code device.unsupported} if the settings do not speak of Object Lock */
    void require() throws BackupException {
        if (!bucket.setup().locks()) {
            throw BackupException.operator("device.unsupported", bucket.setup().location(), "blobs in " + bucket.setup().location()
                    + " can't be locked: a bucket must be made with Object Lock, and the setting objectLock be true");
        }
    }

    /** A service keeps whole seconds. */
    static Instant rounded(Instant until) {
        Instant whole = until.truncatedTo(ChronoUnit.SECONDS);
        return whole.equals(until) ? whole : whole.plusSeconds(1);
    }

    static ObjectLockMode mode(BlobLock lock) {
        return ObjectLockMode.fromValue(lock.mode().name());
    }

    void extend(String key, BlobLock asked) throws BackupException {
        require();
        bucket.required(key);
        BlobLock lock = new BlobLock(asked.mode(), rounded(asked.until()));
        Optional<BlobLock> before = lock(key, null);
        if (before.isPresent() && before.get().covers(lock)) {
            return;
        }
        BlobLock whole = before.map(held -> both(held, lock)).orElse(lock);
        // To make the weaker mode the stronger one takes the right that would take it away, too.
        Boolean lift = before.isPresent() && before.get().mode() != whole.mode() ? true : null;
        bucket.call("lock " + key, client -> client.putObjectRetention(put -> put.bucket(bucket.bucket()).key(bucket.name(key)).bypassGovernanceRetention(lift).retention(
                ObjectLockRetention.builder().mode(ObjectLockRetentionMode.fromValue(whole.mode().name())).retainUntilDate(whole.until()).build())));
    }

    /** The stronger mode and the later end. */
    static BlobLock both(BlobLock one, BlobLock other) {
        return new BlobLock(one.mode().compareTo(other.mode()) >= 0 ? one.mode() : other.mode(), one.until().isAfter(other.until()) ? one.until() : other.until());
    }

    Optional<BlobLock> lock(String key) throws BackupException {
        bucket.required(key);
        return lock(key, null);
    }

    /** @param version null for the newest */
    Optional<BlobLock> lock(String key, String version) throws BackupException {
        if (!bucket.setup().locks()) {
            return Optional.empty();
        }
        try {
            GetObjectRetentionResponse answer = bucket.open().getObjectRetention(get -> get.bucket(bucket.bucket()).key(bucket.name(key)).versionId(version));
            ObjectLockRetention kept = answer.retention();
            return kept == null || kept.modeAsString() == null || !kept.retainUntilDate().isAfter(Bucket.clock(answer.sdkHttpResponse())) ? Optional.empty()
                    : Optional.of(new BlobLock(BlobLock.Mode.valueOf(kept.modeAsString()), kept.retainUntilDate()));
        } catch (SdkException e) {
            if (S3Fault.absent(e)) {
                return Optional.empty();
            }
            throw S3Fault.of(e, bucket.setup(), "look for the lock of " + key);
        }
    }
}
