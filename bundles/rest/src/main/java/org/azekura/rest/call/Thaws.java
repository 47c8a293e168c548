package org.azekura.rest.call;

import org.azekura.api.server.Thaw;

/** Words for how soon something is wanted from an archive. */
public final class Thaws {

    private Thaws() {}

    /** @return null if nothing is said */
    public static Thaw of(String word) throws Refusal {
        if (word == null) {
            return null;
        }
        return Thaw.parse(word).orElseThrow(() -> Refusal.badRequest("request.value", "thaw", "the field \"thaw\" is one of cheap, usual, fast; not \"" + word + "\""));
    }
}
