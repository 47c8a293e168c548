package org.azekura.driver.s3;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.device.Meter;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The bucket and who talks to it: every request goes by here. Threads: any number. */
final class Bucket implements AutoCloseable {

    private final Setup setup;
    private final Meter meter = new Meter();
    private final Connection connection;
    private volatile boolean closed;

    /** @throws BackupException {@code setting.ca}; the service is not asked */
    Bucket(Setup setup) throws BackupException {
        this.setup = setup;
        connection = new Connection(setup, meter);
    }

    /** Counts what is carried. */
    Meter meter() {
        return meter;
    }

    Setup setup() {
        return setup;
    }

    String bucket() {
        return setup.bucket();
    }

    /** What the object of a blob is called. */
    String name(String key) {
        return setup.prefix() + key;
    }

    /** @throws BackupException {@code device.closed} */
    S3Client open() throws BackupException {
        if (closed) {
            throw S3Fault.closed(setup);
        }
        return connection.client();
    }

    /** @throws BackupException what the request failed with, as {@link S3Fault} says */
    <T> T call(String doing, Function<S3Client, T> request) throws BackupException {
        try {
            return request.apply(open());
        } catch (SdkException e) {
            throw S3Fault.of(e, setup, doing);
        }
    }

    /** Empty if there is no such object, or no such bucket: the answer to HEAD is the same. */
    Optional<HeadObjectResponse> head(String key) throws BackupException {
        try {
            return Optional.of(open().headObject(head -> head.bucket(bucket()).key(name(key))));
        } catch (SdkException e) {
            if (S3Fault.absent(e)) {
                return Optional.empty();
            }
            throw S3Fault.of(e, setup, "look for " + key);
        }
    }

    /** @throws BackupException {@code blob.missing} if there is no such object, {@code device.missing} if there is no bucket */
    HeadObjectResponse required(String key) throws BackupException {
        Optional<HeadObjectResponse> head = head(key);
        if (head.isEmpty()) {
            require();
            throw S3Fault.missing(key, setup);
        }
        return head.get();
    }

    /** @throws BackupException {@code device.missing} */
    void require() throws BackupException {
        try {
            open().headBucket(head -> head.bucket(bucket()));
        } catch (SdkException e) {
            if (S3Fault.absent(e)) {
                throw BackupException.operator("device.missing", setup.location(), "there is no bucket " + bucket() + " at " + setup.location()
                        + "; make it, or mend the setting bucket");
            }
            throw S3Fault.of(e, setup, "look for the bucket");
        }
    }

    /** The service's clock, by which locks end; ours if it tells none. */
    static Instant clock(SdkHttpResponse answer) {
        try {
            return answer.firstMatchingHeader("Date").map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date))).orElseGet(Instant::now);
        } catch (DateTimeParseException e) {
            return Instant.now();
        }
    }

    @Override
    public void close() {
        closed = true;
        connection.close();
    }
}
