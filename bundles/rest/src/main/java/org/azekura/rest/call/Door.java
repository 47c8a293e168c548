package org.azekura.rest.call;

import jakarta.servlet.http.HttpServletRequest;
import org.azekura.api.access.Caller;

/** Knows who calls by what the request brings: a token, or a session. Asked by many threads at a time. */
public interface Door {

    /** @throws Refusal 401 if nobody is proven, 429 if it was tried too often */
    Entry open(HttpServletRequest request) throws Refusal;

    /**
     * Who came in, and how.
     *
     * @param csrf what the header {@link Entry#CSRF_HEADER} of a call that changes something must say, because a browser adds this caller's proof by
     *             itself; null if it does not
     */
    record Entry(Caller caller, String csrf) {

        public static final String CSRF_HEADER = "X-CSRF-Token";

        /** A caller that put the proof into the request on purpose. */
        public static Entry of(Caller caller) {
            return new Entry(caller, null);
        }
    }
}
