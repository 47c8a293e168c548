package org.azekura.api.catalog;

import java.time.Instant;
import java.util.Locale;

/**
 * What is known of a drive that is not simply well.
 *
 * @param drive as {@link DriveErrors#drive}
 * @param why   for people
 */
public record DriveHealth(String drive, State state, String why, Instant since) {

    /** What may be done with it. */
    public enum State {
        /** It asks to be cleaned: between two jobs, never inside one. */
        UNCLEAN,
        /** No job gets it until somebody has looked at it. */
        DOWN;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
