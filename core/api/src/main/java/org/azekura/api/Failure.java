package org.azekura.api;

import java.util.Objects;

/**
 * Why something could not be done.
 *
 * @param code      stable, for programs: {@code noun.what}, like {@code pool.unknown}
 * @param kind      who can do something about it
 * @param retryable whether the same call can succeed later without anything being mended
 * @param subject   the thing concerned (a path, a pool, a pack), empty if there is none
 * @param message   one line for people: what, where, expected and found, what would do; control characters are replaced
 */
public record Failure(String code, Kind kind, boolean retryable, String subject, String message) {

    public Failure {
        Objects.requireNonNull(code);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
        message = oneLine(message);
    }

    /** Messages quote bytes that nobody vouches for: what breaks a line, or commands a terminal, does not come through. */
    private static String oneLine(String message) {
        if (message.chars().noneMatch(Failure::isControl)) {
            return message;
        }
        StringBuilder line = new StringBuilder(message.length());
        message.chars().forEach(c -> line.append(c == '\n' || c == '\t' ? ' ' : isControl(c) ? '\ufffd' : (char) c));
        return line.toString();
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** Who can do something about a failure. */
    public enum Kind {
        /** The caller asked for what does not exist or may not be. */
        OPERATOR,
        /** A volume: full, missing, foreign, worn. */
        MEDIA,
        /** A drive, changer, disk or its driver. */
        DEVICE,
        /** The other side is gone or too slow. */
        NETWORK,
        /** Bytes are not what they were. */
        CORRUPT,
        /** We are wrong. */
        BUG
    }
}
