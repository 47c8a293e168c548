package org.azekura.api.access;

import java.time.Instant;
import java.util.Locale;

/**
 * Somebody who has logged in and is not asked again for a while.
 *
 * @param id      of the session, for people and logs; opens nothing
 * @param csrf    what a call has to show beside the cookie, if it changes something
 * @param duty    what he has to do before anything else
 * @param from    the address that he logged in from, empty on this machine
 * @param used    when he last made a call
 * @param expires when it ends if he makes no other call
 */
public record Session(String id, Caller caller, String csrf, Duty duty, String from, Instant opened, Instant used, Instant expires) {

    /** What one has to do before anything else is answered. */
    public enum Duty {
        NONE,
        /** The password was for once: take another. */
        PASSWORD,
        /** Take a second factor. */
        FACTOR;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
