package org.azekura.rest.call;

import org.azekura.api.catalog.Request;

/**
 * A dangerous act that waits, as lists show it and as the call that asked for it is answered.
 *
 * @param request     its number
 * @param state       waiting (for another person), confirmed (its delay runs), running, done, refused, expired or failed
 * @param delay       seconds
 * @param confirmedBy null before, and where one person will do
 * @param due         of one that waits when it expires, of one that is confirmed when it is carried out
 * @param ended       null before
 * @param why         it ended so; null if nothing is to be said
 * @param hash        of the order: two that are alike are the same order
 */
public record Asked(long request, String state, String operation, String object, String by, String from, String asked, int persons, long delay, String confirmedBy,
        String due, String ended, String why, String hash) {

    public static Asked of(Request r) {
        return new Asked(r.number(), r.state().word(), r.operation(), r.object(), r.by(), r.from(), Json.time(r.asked()), r.persons(), r.delay().toSeconds(),
                r.confirmedBy(), Json.time(r.due()), Json.time(r.ended()), r.why(), r.hash());
    }
}
