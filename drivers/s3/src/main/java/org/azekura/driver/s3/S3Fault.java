package org.azekura.driver.s3;

import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.time.Instant;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobLock;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what a failed request means. The codes are those of the S3 API ("Error responses"); an answer to HEAD has none, only a status. */
final class S3Fault {

    private S3Fault() {}

    /** @param doing what failed, like {@code write packs/3f/3f2a} */
    static BackupException of(SdkException e, Setup setup, String doing) {
        String where = "cannot " + doing + " in bucket " + setup.bucket() + " (" + setup.location() + "): ";
        return e instanceof S3Exception answer ? answered(answer, setup, where) : unanswered(e, setup, where);
    }

    private static BackupException answered(S3Exception e, Setup setup, String where) {
        String at = setup.location();
        String said = where + "the service answers " + e.statusCode() + " " + code(e);
        String who = setup.login().who();
        return switch (code(e)) {
            case "NoSuchBucket" -> BackupException.operator("device.missing", at, said + "; make the bucket, or mend the setting bucket");
            case "InvalidAccessKeyId" -> BackupException.operator("device.denied", at, said + ": it does not know " + who + "; mend the setting accessKey");
            case "SignatureDoesNotMatch" -> BackupException.operator("device.denied", at, said + ": the secret is not that of " + who + "; mend the setting secret");
            case "RequestTimeTooSkewed", "RequestExpired" -> BackupException.device("device.clock", at, said + ": the clocks differ; here it is " + Instant.now()
                    + ", there " + date(e) + "; set the clock that is wrong", e);
            case "QuotaExceeded", "InsufficientStorage", "InsufficientCapacity" -> BackupException.media("device.full", at, said + "; raise the bucket's quota or use another volume", e);
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                BackupException.operator("setting.region", setup.region(), said + ": the bucket is not in region " + setup.region() + "; mend the settings region and endpoint");
            case "SlowDown", "ServiceUnavailable", "Throttling" -> BackupException.network("device.busy", at, said + "; it wants fewer requests", e);
            case "BadDigest", "InvalidDigest", "XAmzContentChecksumMismatch" -> BackupException.network("device.io", at, said + ": the bytes were changed on their way", e);
            default -> e.statusCode() >= 500 && e.statusCode() != 501 ? BackupException.network("device.away", at, said + message(e) + ": it has trouble of its own", e)
                    : e.statusCode() == 401 || e.statusCode() == 403
                    ? BackupException.operator("device.denied", at, said + ": " + who + " may not; let its policy allow this")
                    : BackupException.device("device.io", at, said + message(e), e);
        };
    }

    private static BackupException unanswered(SdkException e, Setup setup, String where) {
        String at = setup.location();
        if (e instanceof AbortedException) {
            return BackupException.device("device.interrupted", at, where + "the call was interrupted", e);
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof GeneralSecurityException) {
            return untrusted(root, setup, where);
        }
        if (root instanceof SdkException) {
            // Nothing was sent: there are no credentials, as a rule.
            return BackupException.network("device.io", at, where + root.getMessage(), e);
        }
        return root instanceof SocketTimeoutException ? BackupException.network("device.timeout", at, where + "no answer in time: " + root.getMessage(), e)
                : BackupException.network("device.away", at, where + root.getClass().getSimpleName() + ": " + root.getMessage(), e);
    }

    /** What the JDK has against a certificate: a path that leads to nobody who is trusted, another name, a date. */
    private static BackupException untrusted(Throwable why, Setup setup, String where) {
        if (why instanceof CertPathBuilderException || why instanceof CertPathValidatorException) {
            return BackupException.operator("setting.ca", setup.ca() == null ? "" : setup.ca().toString(), where + "its certificate is signed by nobody that "
                    + (setup.ca() == null ? "this Java trusts; name in the setting ca a PEM file with the authority's" : setup.ca() + " has; mend the setting ca") + " (" + why.getMessage() + ")");
        }
        return BackupException.operator("setting.endpoint", setup.location(), where + "its certificate will not do: " + why.getMessage() + "; name in the setting endpoint what the certificate names");
    }

    /** Whether an object is under that key already, or just coming. */
    static boolean taken(SdkException e) {
        return e instanceof S3Exception answer && (answer.statusCode() == 412 || code(answer).equals("ConditionalRequestConflict"));
    }

    /** Whether there is no such object; after HEAD it may also be the bucket. */
    static boolean absent(SdkException e) {
        return e instanceof S3Exception answer && answer.statusCode() == 404 && !code(answer).equals("NoSuchBucket");
    }

    /** Whether nobody may, or not yet. */
    static boolean denied(SdkException e) {
        return e instanceof S3Exception answer && answer.statusCode() == 403;
    }

    /** Whether the service does not know what it was asked. */
    static boolean unknown(SdkException e) {
        return e instanceof S3Exception answer && (answer.statusCode() == 501 || answer.statusCode() == 405 || code(answer).equals("NotImplemented"));
    }

    /** Whether an upload is over: it was joined, or dropped. */
    static boolean over(SdkException e) {
        return e instanceof S3Exception answer && code(answer).equals("NoSuchUpload");
    }

    static boolean archived(SdkException e) {
        return e instanceof S3Exception answer && code(answer).equals("InvalidObjectState");
    }

    static boolean behindTheEnd(SdkException e) {
        return e instanceof S3Exception answer && answer.statusCode() == 416;
    }

    static BackupException closed(Setup setup) {
        return BackupException.device("device.closed", setup.location(), "the device at " + setup.location() + " is closed; open it again", null);
    }

    static BackupException exists(String key, Setup setup) {
        return BackupException.operator("blob.exists", key, "the key " + key + " is taken in " + setup.location() + "; use another");
    }

    static BackupException archived(String key, Setup setup) {
        return BackupException.media("blob.archived", key, "the blob " + key + " lies in the archive of " + setup.location() + "; it is asked for by itself where the setting packsClass names its class", null);
    }

    static BackupException locked(String key, BlobLock lock, Setup setup) {
        return BackupException.operator("blob.locked", key, key + " in " + setup.location() + " is locked until " + lock.until() + " in the mode "
                + lock.mode().name().toLowerCase(Locale.ROOT) + "; it is still there");
    }

    static BackupException missing(String key, Setup setup) {
        return BackupException.media("blob.missing", key, "there is no blob " + key + " in " + setup.location(), null);
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null ? "" : e.awsErrorDetails().errorCode();
    }

    private static String message(S3Exception e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null ? "" : ": " + e.awsErrorDetails().errorMessage();
    }

    private static String date(S3Exception e) {
        return e.awsErrorDetails().sdkHttpResponse() == null ? "another time" : e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Date").orElse("another time");
    }
}
