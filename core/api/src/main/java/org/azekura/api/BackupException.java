package org.azekura.api;

import org.azekura.api.Failure.Kind;

/** The one checked exception: carries a {@link Failure}. Expected events (filemark, end of data) are values instead. */
public final class BackupException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    public BackupException(Failure failure) {
        this(failure, null);
    }

    /** @param cause null if there is none */
    public BackupException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /** What the caller asked for does not exist or may not be. */
    public static BackupException operator(String code, String subject, String message) {
        return new BackupException(new Failure(code, Kind.OPERATOR, false, subject, message));
    }

    /** A volume is full, missing, foreign or worn. */
    public static BackupException media(String code, String subject, String message, Throwable cause) {
        return new BackupException(new Failure(code, Kind.MEDIA, false, subject, message), cause);
    }

    /** A device or its driver failed. */
    public static BackupException device(String code, String subject, String message, Throwable cause) {
        return new BackupException(new Failure(code, Kind.DEVICE, true, subject, message), cause);
    }

    /** The other side is gone or too slow; a retry can help. */
    public static BackupException network(String code, String subject, String message, Throwable cause) {
        return new BackupException(new Failure(code, Kind.NETWORK, true, subject, message), cause);
    }

    /** Bytes are not what they were. */
    public static BackupException corrupt(String code, String subject, String message) {
        return new BackupException(new Failure(code, Kind.CORRUPT, false, subject, message));
    }

    /** A fault of ours: an exception nobody foresaw. */
    public static BackupException bug(String subject, Throwable cause) {
        return new BackupException(new Failure("bug", Kind.BUG, false, subject, subject + ": " + cause), cause);
    }
}
