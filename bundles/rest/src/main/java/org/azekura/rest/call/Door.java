package org.azekura.rest.call;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

    /** What somebody may call who is nobody yet: the ways to log in, each of which writes down itself who came or did not. */
    Set<String> FOR_VISITORS = Set.of("POST session", "GET session/ways", "POST session/passkey/begin", "POST session/passkey", "POST session/sso/begin", "POST session/sso");

    static boolean isForVisitors(String method, String pattern) {
        return FOR_VISITORS.contains(method + " " + pattern);
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
     * @param browser how it was reached, for what begins in one call and ends in another
     * @param asked   the server that was asked and passed the call on; empty: this one
     */
    record Entry(Caller caller, Session session, String from, Proof proof, Browser browser, String asked) {

        public static final String CSRF_HEADER = "X-CSRF-Token";

        /** By what does not end while the appliance runs. */
        public Entry(Caller caller, Session session, String from) {
            this(caller, session, from, () -> true);
        }

        public Entry(Caller caller, Session session, String from, Proof proof) {
            this(caller, session, from, proof, Browser.NONE, "");
        }

        public Entry by(Browser other) {
            return new Entry(caller, session, from, proof, other, asked);
        }

        public Entry at(String server) {
            return new Entry(caller, session, from, proof, browser, server);
        }
    }

    /**
     * The browser that calls.
     *
     * @param host  by which it reached the appliance, empty at the socket; Jetty lets through only names of the certificate
     * @param begun by which it shows what it began without being logged in; null: nothing
     */
    record Browser(String host, int port, String begun) {

        static final Browser NONE = new Browser("", 0, null);

        private static final String BEGUN_COOKIE = "__Host-azekura-begun";

        public static Browser of(HttpServletRequest request) {
            // at the socket of the home there is no name to be reached by
            return address(request).isEmpty() ? NONE : new Browser(request.getServerName(), request.getServerPort(), cookie(request, BEGUN_COOKIE).orElse(null));
        }

        /** For the answer: has the browser show this for five minutes. */
        public static Map<String, String> begins(String secret) {
            return Map.of("Set-Cookie", BEGUN_COOKIE + "=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=300");
        }
    }

    static Optional<String> cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return Stream.of(cookies == null ? new Cookie[0] : cookies).filter(cookie -> cookie.getName().equals(name)).map(Cookie::getValue).findFirst();
    }
}
