package org.azekura.rest.call;

import java.util.List;
import org.azekura.api.catalog.Request;

/**
 * A dangerous act that waits, as lists show it and as the call that asked for it is answered.
 *
 * @param request     its number
 * @param state       waiting (for another person), confirmed (its delay runs), running, done, refused, expired or failed
 * @param summary     what was asked for, of what, and what it changes, in one line of English
 * @param details     the same, field by field
 * @param delay       seconds
 * @param confirmedBy null before, and where one person will do
 * @param due         of one that waits when it expires, of one that is confirmed when it is carried out
 * @param ended       null before
 * @param why         it ended so; null if nothing is to be said
 * @param hash        of the order: two that are alike are the same order
 */
public record Asked(long request, String state, String operation, String object, String summary, List<Detail> details, String by, String from, String asked, int persons,
        long delay, String confirmedBy, String due, String ended, String why, String hash) {

    /**
     * One field of what was asked for.
     *
     * @param was    before; null if nothing is known of it
     * @param wanted null where it is only said of what the order is about
     */
    public record Detail(String field, String was, String wanted) {}

    public static Asked of(Request r, String summary, List<Detail> details) {
        return new Asked(r.number(), r.state().word(), r.operation(), r.object(), summary, details, r.by(), r.from(), Json.time(r.asked()), r.persons(), r.delay().toSeconds(),
                r.confirmedBy(), Json.time(r.due()), Json.time(r.ended()), r.why(), r.hash());
    }
}
