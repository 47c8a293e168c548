package org.azekura.driver.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.device.Readiness;
import org.azekura.api.device.RetrievalTier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tier;

/** Objects of the classes that have to be asked for: HEAD tells how far that is, in a header of its own (S3 API, "HeadObject", x-amz-restore). */
final class Archive {

    private static final Pattern UNTIL = Pattern.compile(".*expiry-date=\"([^\"]+)\".*");
    private static final String UNDER_WAY = "ongoing-request=\"true\"";

    private final Bucket bucket;

    Archive(Bucket bucket) {
        this.bucket = bucket;
    }

    Readiness readiness(String key) throws BackupException {
        HeadObjectResponse head = bucket.required(key);
        if (head.restore() != null && head.restore().contains(UNDER_WAY)) {
            return new Readiness.Coming();
        }
        Instant until = head.restore() == null ? null : until(head.restore());
        if (until != null) {
            return new Readiness.Retrieved(until);
        }
        boolean cold = head.archiveStatusAsString() != null || Setup.Classes.ARCHIVES.contains(String.valueOf(head.storageClassAsString()));
        return cold ? new Readiness.Archived() : new Readiness.Ready();
    }

    /** Null if it is not told, or not understood. */
    private static Instant until(String restore) {
        Matcher matcher = UNTIL.matcher(restore);
        try {
            return matcher.matches() ? Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(matcher.group(1))) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Whole days, rounded up; a copy that is there already is kept for so many from now. */
    void retrieve(String key, String tier, Duration keep) throws BackupException {
        if (bucket.setup().prices().tiers().stream().map(RetrievalTier::name).noneMatch(tier::equals)) {
            throw BackupException.operator("device.unsupported", bucket.setup().location(), bucket.setup().location() + " has no way " + tier
                    + " to retrieve blobs; there are " + bucket.setup().prices().tiers().stream().map(RetrievalTier::name).toList());
        }
        int days = (int) Math.max(1, Math.min(Integer.MAX_VALUE, keep.plusDays(1).minusNanos(1).toDays()));
        try {
            bucket.open().restoreObject(ask -> ask.bucket(bucket.bucket()).key(bucket.name(key))
                    .restoreRequest(request -> request.days(days).glacierJobParameters(job -> job.tier(Tier.fromValue(tier)))));
        } catch (SdkException e) {
            // What lies in no archive is read at once: nobody has to look before.
            if (!isComing(e) && !S3Fault.archived(e)) {
                throw S3Fault.absent(e) ? S3Fault.missing(key, bucket.setup()) : S3Fault.of(e, bucket.setup(), "retrieve " + key);
            }
        }
    }

    private static boolean isComing(SdkException e) {
        return e instanceof S3Exception answer && answer.awsErrorDetails() != null && "RestoreAlreadyInProgress".equals(answer.awsErrorDetails().errorCode());
    }
}
