package org.azekura.engine.format;

import org.azekura.api.BackupException;

/** The number that every format on media bears, and what is said of any other number. */
public final class FormatVersion {

    /** All formats begin with this one. A format that changes later gets a constant of its own; the others stay. */
    public static final int FIRST = 1;

    /** Code of {@link #other}. */
    public static final String CODE = "format.version";

    private FormatVersion() {}

    /** {@code version 2, this program reads 1; …} */
    public static String message(long found, int read) {
        return "version " + found + ", this program reads " + read + (found > read ? "; a newer program wrote it and can read it" : "");
    }

    /**
     * Something sound that is of another version: not damage, so nothing may be mended, marked or left out because of it without saying so.
     *
     * @param what it is, for people
     */
    public static BackupException other(String what, String subject, long found, int read) {
        return BackupException.media(CODE, subject, what + ": " + message(found, read), null);
    }

    /** Whether that is what went wrong. */
    public static boolean isOther(BackupException e) {
        return e.failure().code().equals(CODE);
    }
}
