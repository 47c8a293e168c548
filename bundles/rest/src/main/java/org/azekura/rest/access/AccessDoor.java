package org.azekura.rest.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Tokens;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;
import org.azekura.rest.https.LocalToken;
import org.azekura.rest.peer.PassedRequest;

/**
 * Lets in who has the token of the home, or of another server's that vouches for him, whatever becomes of the catalog; then who has another token, or a session. Who comes to log in is nobody yet and
 * can do nothing else.
 */
public final class AccessDoor implements Door {

    /** Who has shown nothing. The routes that he gets to are ways to log in. */
    static final Caller NOBODY = new Caller("nobody", Role.RESTORER, Set.of());

    private static final String BEARER = "Bearer ";
    /** What browsers say of a call that a page of this very appliance makes; other programs say nothing. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final LocalToken local;
    private final Tokens tokens;
    private final Sessions sessions;

    public AccessDoor(LocalToken local, Tokens tokens, Sessions sessions) {
        this.local = local;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** Whether this is who has shown nothing yet. */
    public static boolean isNobody(Caller caller) {
        return caller.equals(NOBODY);
    }

    @Override
    public Entry open(HttpServletRequest request) throws Refusal, BackupException {
        Entry entry = shown(request).by(Browser.of(request));
        return request instanceof PassedRequest passed ? entry.at(passed.passage().server()) : entry;
    }

    private Entry shown(HttpServletRequest request) throws Refusal, BackupException {
        if (request instanceof PassedRequest passed && passed.passage().home()) {
            return LocalToken.entry("at " + passed.passage().server(), Door.address(request));
        }
        String header = request.getHeader("Authorization");
        if (header != null) {
            return local.grants(header) ? local.open(request) : token(header, Door.address(request));
        }
        if (request.getRequestURI().startsWith(Route.ROOT + "/") && Door.isForVisitors(request.getMethod(), request.getRequestURI().substring(Route.ROOT.length() + 1))) {
            return visitor(request);
        }
        Session session = session(request).orElseThrow(() -> Refusal.unauthenticated(Door.address(request)));
        return new Entry(session.caller(), session, Door.address(request), () -> isOpen(session));
    }

    private Entry token(String header, String from) throws Refusal, BackupException {
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw Refusal.unauthenticated(from);
        }
        String secret = header.substring(BEARER.length()).strip();
        Caller caller = tokens.find(secret).orElseThrow(() -> Refusal.unauthenticated(from));
        return new Entry(caller, null, from, () -> tokens.find(secret).filter(caller::equals).isPresent());
    }

    private boolean isOpen(Session session) throws BackupException {
        return sessions.list(session.caller().name()).stream().anyMatch(one -> one.id().equals(session.id()));
    }

    /** Another site must not log a browser in as somebody else. */
    private static Entry visitor(HttpServletRequest request) throws Refusal {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site)) {
            throw Refusal.forged();
        }
        return new Entry(NOBODY, null, Door.address(request));
    }

    private Optional<Session> session(HttpServletRequest request) throws BackupException {
        Optional<String> secret = Door.cookie(request, SESSION_COOKIE);
        return secret.isPresent() ? sessions.find(secret.get()) : Optional.empty();
    }
}
