package org.azekura.rest.access;

import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Session;
import org.azekura.rest.call.Json;

/**
 * A session, for whom it is.
 *
 * @param csrf    for the header of calls that change something
 * @param duty    none, or what comes first: password, factor
 * @param expires if it is not used until then
 */
record SessionView(CallerView caller, String csrf, String duty, String expires) {

    static SessionView of(Session session) {
        return new SessionView(CallerView.of(session.caller()), session.csrf(), session.duty().word(), Json.time(session.expires()));
    }

    /**
     * @param name    of the user or token; of who has the home's own token, that
     * @param kind    user, token, or home
     * @param clients whose data he has to do with; empty: of all, if he is no restorer
     */
    record CallerView(String name, String kind, String role, List<String> clients) {

        static CallerView of(Caller caller) {
            String name = caller.user().isPresent() ? caller.user().get().value() : caller.token().isPresent() ? caller.token().get().value() : caller.name();
            String kind = caller.user().isPresent() ? "user" : caller.token().isPresent() ? "token" : "home";
            return new CallerView(name, kind, caller.role().word(), caller.clients().stream().map(ClientName::value).sorted().toList());
        }
    }
}
