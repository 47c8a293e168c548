package org.azekura.api;

import java.util.Objects;

/**
 * Why something could not be done.
 *
 * @param code      stable, for programs: {@code noun.what}, like {@code pool.unknown}
 * @param kind      who can do something about it
 * @param retryable whether the same call can succeed later without anything being mended
 * @param subject   the thing concerned (a path, a pool, a pack), empty if there is none
 * @param message   one line for people: what, where, expected and found, what would do
 */
public record Failure(String code, Kind kind, boolean retryable, String subject, String message) {

    public Failure {
        Objects.requireNonNull(code);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(message);
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
