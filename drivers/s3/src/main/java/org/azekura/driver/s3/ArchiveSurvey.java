package org.azekura.driver.s3;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Tells of many objects by lists which of them can be read. A list says the class of each, and, if it is asked to, what became of a request for it (S3 API, "ListObjectsV2", RestoreStatus); of an
 * object that nobody has asked for it says nothing, and nor does a service that does not know the question: so only HEAD is certain there.
 */
final class ArchiveSurvey {

    /** A list costs what twelve looks at one object cost, at Amazon ("Amazon S3 pricing"). */
    static final int WORTH = 13;
    private static final int MOST = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveSurvey.class);

    private final Bucket bucket;
    private volatile boolean refused;

    ArchiveSurvey(Bucket bucket) {
        this.bucket = bucket;
    }

    /** As {@link org.azekura.api.device.BlobStore#survey}. */
    Map<String, Readiness> of(Collection<String> keys) throws BackupException {
        TreeSet<String> left = new TreeSet<>();
        for (String key : keys) {
            left.add(bucket.name(BlobKeys.check(key)));
        }
        Map<String, Readiness> found = new HashMap<>();
        boolean worth = true;
        while (worth && !refused && left.size() >= WORTH) {
            int before = left.size();
            page(left, found);
            // Where they lie far from each other in the order of names, the next list costs more than it tells.
            worth = before - left.size() >= WORTH;
        }
        return found;
    }

    /** Takes from what is left all that is told, and what is not there. */
    private void page(TreeSet<String> left, Map<String, Readiness> found) throws BackupException {
        String first = left.getFirst();
        ListObjectsV2Response page;
        try {
            // Nothing is named between this and the first, but for what begins with it.
            page = bucket.open().listObjectsV2(list -> list.bucket(bucket.bucket()).prefix(bucket.setup().prefix()).startAfter(first.substring(0, first.length() - 1)).maxKeys(Math.min(MOST, 2 * left.size()))
                    .optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS));
        } catch (SdkException e) {
            if (!S3Fault.unknown(e)) {
                throw S3Fault.of(e, bucket.setup(), "list what lies in the archive");
            }
            LOG.info("{} does not tell by lists what lies in its archive: each object is asked for", bucket.setup().location());
            refused = true;
            return;
        }
        String last = first;
        for (S3Object object : page.contents()) {
            last = object.key();
            Readiness known = left.contains(last) ? known(object) : null;
            if (known != null) {
                found.put(last.substring(bucket.setup().prefix().length()), known);
            }
        }
        if (Boolean.TRUE.equals(page.isTruncated())) {
            left.headSet(last, true).clear();
        } else {
            left.clear();
        }
    }

    /** Null if that is not certain. */
    private static Readiness known(S3Object object) {
        String storageClass = object.storageClassAsString();
        if (object.restoreStatus() != null && Boolean.TRUE.equals(object.restoreStatus().isRestoreInProgress())) {
            return new Readiness.Coming();
        }
        if (object.restoreStatus() != null && object.restoreStatus().restoreExpiryDate() != null) {
            return new Readiness.Retrieved(object.restoreStatus().restoreExpiryDate());
        }
        return storageClass == null || Setup.Classes.ARCHIVES.contains(storageClass) || storageClass.equals("INTELLIGENT_TIERING") ? null : new Readiness.Ready();
    }
}
