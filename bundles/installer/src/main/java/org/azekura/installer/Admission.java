package org.azekura.installer;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.driver.PublisherTrust;
import org.osgi.framework.Version;

/** Reads driver packages and says whether one may come in. */
interface Admission {

    /**
     * Reads a package through. The file stays as it is while the candidate is used.
     *
     * @throws BackupException {@code package.invalid}, {@code package.refused}
     */
    Candidate look(Path file) throws BackupException;

    /**
     * That of the package which was unpacked into this folder, if nothing in there was changed.
     *
     * @throws BackupException if the folder can't be read
     */
    String contentId(Path folder) throws BackupException;

    /**
     * What the package which was unpacked into this folder needs and a host does not have, for people; empty if nothing is missing.
     *
     * @param offered versions of packages by name
     * @throws BackupException if the folder can't be read
     */
    String missing(Path folder, Map<String, String> offered) throws BackupException;

    /** A package that is in form. */
    interface Candidate {

        String name();

        Version version();

        Kind kind();

        /** Of its bundles, in the order in which they start; paths in the folder that {@link #extractTo} makes. */
        List<String> bundles();

        /** Equal for equal content; 64 hexadecimal digits. */
        String contentId();

        /**
         * Says who vouches for it.
         *
         * @return the publisher's name; empty in development mode for an unsigned one
         * @throws BackupException {@code package.refused}
         */
        String verified(PublisherTrust trust) throws BackupException;

        /**
         * @param exported versions of packages by name
         * @throws BackupException {@code package.refused} if it is made for others
         */
        void requireServed(Map<String, String> exported) throws BackupException;

        /** Makes this folder, whole and durable or not at all. */
        void extractTo(Path folder) throws BackupException;
    }

    /** What a driver serves with. */
    enum Kind {
        DEVICE, TRANSPORT, CATALOG;

        /** As it stands in packages and records. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
