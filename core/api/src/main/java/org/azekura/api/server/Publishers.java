package org.azekura.api.server;

import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ProviderType;

/** Whose driver packages are let in. What runs already goes on, whatever is changed here. Safe for any number of threads. */
@ProviderType
public interface Publishers {

    /** More characters a certificate's text does not have. */
    int MAX_CHARS = 64 << 10;

    /** By name. */
    List<Publisher> list() throws BackupException;

    /**
     * Someone whose packages are let in.
     *
     * @param fingerprint SHA-256 of the certificate, see {@link org.azekura.api.identity.Identity#fingerprint}
     * @param from        his certificate is valid
     * @param until       it is valid; nothing that it signed is let in afterwards
     * @param shipped     whether he is trusted because this distribution came with him
     * @param trusted     since when; null if he is shipped
     * @param by          who said so; empty if he is shipped
     */
    record Publisher(String name, String fingerprint, Instant from, Instant until, boolean shipped, Instant trusted, String by) {

        /** How his certificate stands. */
        public Standing standing(Instant now) {
            return now.isAfter(until) ? Standing.EXPIRED : now.isBefore(from) ? Standing.EARLY : Standing.TRUSTED;
        }
    }

    /** Whether what a certificate signed is let in. */
    enum Standing {
        TRUSTED,
        /** It is not valid yet. */
        EARLY,
        /** It is not valid any more. */
        EXPIRED
    }

    /**
     * Lets in what this publisher signs, or those whom he certifies. One who is trusted already stays as he is.
     *
     * @param certificate X.509 as PEM; of several the first
     * @param name        what he is called here; null: as the certificate says
     * @param by          who wants it, for the list and the log
     * @throws BackupException {@code publisher.invalid}: it is none, or nobody can be called so; {@code publisher.expired}; {@code publisher.exists}: another is
     *                         called so; {@code publisher.many}
     */
    Publisher trust(String certificate, String name, String by) throws BackupException;

    /**
     * Lets in nothing more of him. One who is shipped is remembered as not trusted.
     *
     * @throws BackupException {@code publisher.unknown}
     */
    void distrust(String name, String by) throws BackupException;

    /** Whether unsigned packages are let in, too, and who said so. */
    DevelopmentMode development() throws BackupException;

    /** Turns that on or off; {@link Appliance.Status} warns while it is on. What is on already stays as whoever turned it on left it. */
    void development(boolean on, String by) throws BackupException;

    /**
     * Whether unsigned packages are let in, too.
     *
     * @param since it is so; null if nobody ever turned it on
     * @param by    who turned it on or off; empty if nobody did
     */
    record DevelopmentMode(boolean on, Instant since, String by) {

        /** The same for people: {@code development mode is on since 2026-01-02T03:04:05Z, by ann: …}. */
        public String sentence() {
            return "development mode is " + (on ? "on" : "off") + (since == null ? "" : " since " + since + ", by " + by) + ": driver packages that nobody has signed are "
                    + (on ? "let in" : "refused");
        }
    }
}
