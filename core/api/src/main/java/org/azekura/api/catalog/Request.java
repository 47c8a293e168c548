package org.azekura.api.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A dangerous act that waits for another person, for its time, or for both. Times are retention time.
 *
 * @param number      1 for the first, without gaps
 * @param operation   what was asked for, like {@code DELETE pools/{pool}}
 * @param object      what it was asked of, empty if that is all there is
 * @param hash        of the order, by a key of the home, in hex: two that are alike are the same order
 * @param by          who asked, as {@link org.azekura.api.access.Caller#name}
 * @param from        the address that it came from, empty on this machine
 * @param persons     1: who asked will do; 2: another one has to confirm it
 * @param delay       from when it is confirmed until it is carried out
 * @param confirmedBy null before, and where nobody has to
 * @param due         of one that waits when it expires, of one that is confirmed when it is carried out
 * @param ended       null before
 * @param why         it ended so, for people; null if nothing is to be said
 * @param order       as it came, sealed; null in lists
 * @param answer      what came of it, sealed, until who asked has fetched it; null without one and in lists
 */
public record Request(long number, State state, String operation, String object, String hash, String by, String from, Instant asked, int persons, Duration delay,
        String confirmedBy, Instant due, Instant ended, String why, String order, String answer) {

    /** Where a request stands. */
    public enum State {
        /** For another person. */
        WAITING,
        /** Its delay runs. */
        CONFIRMED,
        /** It is being carried out, or was when the appliance ended. */
        RUNNING,
        DONE, REFUSED, EXPIRED, FAILED;

        /** Whether nothing more will happen. */
        public boolean ended() {
            return switch (this) {
                case WAITING, CONFIRMED, RUNNING -> false;
                case DONE, REFUSED, EXPIRED, FAILED -> true;
            };
        }

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same, confirmed. @param who null if nobody has to */
    public Request confirmed(String who, Instant carriedOut) {
        return new Request(number, State.CONFIRMED, operation, object, hash, by, from, asked, persons, delay, who, carriedOut, null, null, order, null);
    }

    /** The same, being carried out. */
    public Request running() {
        return new Request(number, State.RUNNING, operation, object, hash, by, from, asked, persons, delay, confirmedBy, due, null, null, order, null);
    }

    /** The same at its end. */
    public Request ended(State how, Instant when, String whySo, String result) {
        return new Request(number, how, operation, object, hash, by, from, asked, persons, delay, confirmedBy, due, when, whySo, order, result);
    }
}
