package org.azekura.driver.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/**
 * Takes objects away for good. In a bucket that keeps versions a plain request to delete only hides an object, a locked one too, and what is hidden is paid for: so
 * each version goes by its name, the oldest first, that none of them comes to light.
 */
final class Versions {

    private final Bucket bucket;
    private final ObjectLocks locks;
    private volatile Boolean kept;

    /** Names of versions, the oldest first, and of marks that hide them. */
    private record Found(List<String> objects, List<String> marks) {}

    Versions(Bucket bucket, ObjectLocks locks) {
        this.bucket = bucket;
        this.locks = locks;
    }

    /** @throws BackupException {@code blob.locked}; the newest version is there then */
    void delete(String key) throws BackupException {
        if (kept()) {
            Found found = find(key);
            for (String version : found.objects()) {
                delete(key, version);
            }
            for (String mark : found.marks()) {
                delete(key, mark);
            }
        } else {
            delete(key, null);
        }
    }

    /** Until when, and how, what a replaced object was before is locked; the longest lock in the strongest mode if there are several. */
    Optional<BlobLock> olderLock(String key) throws BackupException {
        BlobLock all = null;
        List<String> objects = bucket.setup().locks() ? find(key).objects() : List.of();
        for (String version : objects.subList(0, Math.max(0, objects.size() - 1))) {
            BlobLock lock = locks.lock(key, version).orElse(null);
            if (lock != null) {
                all = all == null ? lock : ObjectLocks.both(all, lock);
            }
        }
        return Optional.ofNullable(all);
    }

    /** What a replaced object was before. */
    void deleteOlder(String key) throws BackupException {
        if (kept()) {
            List<String> objects = find(key).objects();
            for (String version : objects.subList(0, Math.max(0, objects.size() - 1))) {
                delete(key, version);
            }
        }
    }

    /**
     * Ceph takes no conditions where it keeps versions: who finds an older one beside what it has just put came too late, and takes its own away.
     *
     * @throws BackupException {@code blob.exists}
     */
    void requireFirst(String key, String writer) throws BackupException {
        List<String> objects = kept() ? find(key).objects() : List.of();
        if (objects.size() < 2 || isBy(writer, key, objects.getFirst())) {
            return;
        }
        for (String version : objects) {
            if (isBy(writer, key, version)) {
                delete(key, version);
            }
        }
        throw S3Fault.exists(key, bucket.setup());
    }

    private boolean isBy(String writer, String key, String version) throws BackupException {
        try {
            return writer.equals(bucket.open().headObject(head -> head.bucket(bucket.bucket()).key(bucket.name(key)).versionId(version)).metadata().get(S3Store.WRITER));
        } catch (SdkException e) {
            if (S3Fault.absent(e)) {
                return false;
            }
            throw S3Fault.of(e, bucket.setup(), "look for " + key);
        }
    }

    private void delete(String key, String version) throws BackupException {
        try {
            bucket.open().deleteObject(delete -> delete.bucket(bucket.bucket()).key(bucket.name(key)).versionId(version));
        } catch (SdkException e) {
            if (S3Fault.absent(e)) {
                return;
            }
            Optional<BlobLock> lock = S3Fault.denied(e) ? locks.lock(key, version) : Optional.empty();
            if (lock.isPresent()) {
                throw S3Fault.locked(key, lock.get(), bucket.setup());
            }
            throw S3Fault.of(e, bucket.setup(), "delete " + key);
        }
    }

    private boolean kept() throws BackupException {
        if (kept == null) {
            kept = bucket.setup().locks() || asked();
        }
        return kept;
    }

    /** Not every service has heard of versions. */
    private boolean asked() throws BackupException {
        try {
            BucketVersioningStatus status = bucket.open().getBucketVersioning(get -> get.bucket(bucket.bucket())).status();
            return status == BucketVersioningStatus.ENABLED || status == BucketVersioningStatus.SUSPENDED;
        } catch (SdkException e) {
            if (S3Fault.unknown(e)) {
                return false;
            }
            throw S3Fault.of(e, bucket.setup(), "ask whether versions are kept");
        }
    }

    private Found find(String key) throws BackupException {
        String name = bucket.name(key);
        List<String> objects = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        try {
            for (ListObjectVersionsResponse page : bucket.open().listObjectVersionsPaginator(list -> list.bucket(bucket.bucket()).prefix(name))) {
                page.versions().stream().filter(version -> version.key().equals(name)).forEach(version -> objects.add(version.versionId()));
                page.deleteMarkers().stream().filter(mark -> mark.key().equals(name)).forEach(mark -> marks.add(mark.versionId()));
                if (page.versions().stream().anyMatch(version -> version.key().compareTo(name) > 0)) {
                    break;
                }
            }
        } catch (SdkException e) {
            throw S3Fault.of(e, bucket.setup(), "list versions of " + key);
        }
        return new Found(objects.reversed(), marks);
    }
}
