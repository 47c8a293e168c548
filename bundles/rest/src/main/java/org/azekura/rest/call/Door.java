package org.azekura.rest.call;

import jakarta.servlet.http.HttpServletRequest;
import org.azekura.api.BackupException;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Session;

/** Knows who calls by what the request brings: a token, or a session. Asked by many threads at a time. */
public interface Door {

    /** Only this host is sent it, and only over TLS. */
    String SESSION_COOKIE = "__Host-azekura";

    /** @throws Refusal 401 if nobody is proven, 429 if it was tried too often */
    Entry open(HttpServletRequest request) throws Refusal, BackupException;

    /** The address that a call comes from; empty if from this machine without one. */
    static String address(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return address != null && address.matches("[0-9A-Fa-f.:%\\[\\]]+") ? address : "";
    }

    /** What somebody has shown. It may end while a long answer goes on: an hour later he may be nobody, or another. */
    interface Proof {

        /** Whether it shows the same as it did. To ask is no use of it: a session does not go on by that. */
        boolean holds() throws BackupException;
    }

    /**
     * Who came in, and how.
     *
     * @param session that he came in by; null if he put the proof into the request on purpose. A browser adds a session by itself: so the header
     *                {@link Entry#CSRF_HEADER} of a call that changes something must say {@link Session#csrf}
     * @param from    see {@link #address}
     */
    record Entry(Caller caller, Session session, String from, Proof proof) {

        public static final String CSRF_HEADER = "X-CSRF-Token";

        /** By what does not end while the appliance runs. */
        public Entry(Caller caller, Session session, String from) {
            this(caller, session, from, () -> true);
        }
    }
}
