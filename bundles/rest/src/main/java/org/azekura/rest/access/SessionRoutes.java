package org.azekura.rest.access;

import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Right;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;
import org.azekura.rest.call.Scope;

/** How people log in and out. */
public final class SessionRoutes {

    static final String PATH = "session";

    private static final String FORGOTTEN = Door.SESSION_COOKIE + "=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0";

    private final Sessions sessions;
    private final LoginAnswers desk;

    public SessionRoutes(Sessions sessions, LoginAnswers desk) {
        this.sessions = sessions;
        this.desk = desk;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(PATH).needs(Right.OWN).says("Logs in by a token, or by name and password; the answer sets a cookie").answers(201, SessionView.class)
                        .takes(Login.class, this::open),
                Route.get(PATH).needs(Right.OWN).says("Who I am").answers(SessionView.class).by(call -> Reply.ok(SessionView.of(own(call)))),
                Route.delete(PATH).needs(Right.OWN).says("Logs out").answers(204, Gone.class).by(this::close),
                Route.post(PATH + "/password").needs(Right.OWN).says("Gives me another password; all my sessions end and the answer sets the cookie of a new one")
                        .answers(SessionView.class).takes(Password.class, this::change),
                Route.get("sessions").needs(Right.OWN).says("Sessions that are open: my own, for an admin all").lists(Row.class).by(this::list),
                Route.delete("sessions/{session}").needs(Right.OWN).says("Ends a session of mine, for an admin any").answers(204, Gone.class).by(this::end));
    }

    private Reply open(Call call, Login login) throws BackupException, Refusal {
        if (!call.caller().equals(AccessDoor.NOBODY)) {
            requireNothing(login);
            if (call.entry().session() != null) {
                throw Refusal.badRequest("request.value", "", "you are logged in already");
            }
            return desk.opened(201, sessions.open(call.caller(), call.entry().from()), call);
        }
        if (login.name == null || login.password == null) {
            throw Refusal.unauthenticated(call.entry().from());
        }
        return desk.answer(call, sessions.open(new Sessions.Login(login.name, login.password, login.code), call.entry().from()), login.name);
    }

    private static void requireNothing(Login login) throws Refusal {
        if (login.name != null || login.password != null || login.code != null) {
            throw Refusal.badRequest("request.value", "name", "log in by a token or by name and password, not by both");
        }
    }

    static Session own(Call call) throws Refusal {
        if (call.entry().session() == null) {
            throw Refusal.unauthenticated(call.entry().from());
        }
        return call.entry().session();
    }

    private Reply close(Call call) throws BackupException, Refusal {
        sessions.end(own(call).id());
        return Reply.nothing(Map.of("Set-Cookie", FORGOTTEN));
    }

    private Reply change(Call call, Password order) throws BackupException, Refusal {
        if (order.password == null || order.next == null) {
            throw Refusal.badRequest("request.value", order.password == null ? "password" : "next", "the fields \"password\" and \"next\" are the password that you have, and"
                    + " the one that you want");
        }
        String name = call.caller().user().orElseThrow(() -> Refusal.badRequest("request.value", "password", "only a user has a password; a token is made anew")).value();
        Entry entry = sessions.changePassword(new Sessions.Login(name, order.password, null), order.next, call.entry().from());
        return switch (entry) {
            case Entry.Opened opened -> desk.opened(200, opened, call);
            case Entry.Refused _, Entry.FactorMissing _, Entry.TooOften _ -> throw LoginAnswers.refusal(entry);
        };
    }

    private Reply list(Call call) throws BackupException {
        return Reply.ok(sessions.list(isAdmin(call) ? null : call.caller().name()).stream().map(Row::of).toList());
    }

    private Reply end(Call call) throws BackupException {
        String id = call.place("session");
        if (!isAdmin(call) && sessions.list(call.caller().name()).stream().noneMatch(session -> session.id().equals(id))) {
            throw BackupException.operator("session.unknown", id, "there is no session " + id + " of yours");
        }
        sessions.end(id);
        return Reply.nothing(Map.of());
    }

    private static boolean isAdmin(Call call) {
        return call.caller().role().may(Right.ADMINISTER) && !Scope.isBounded(call.caller());
    }

    /** Nothing with a token in the header; else all but {@code code}, which is asked for where the user has a second factor. */
    private record Login(String name, @Secret String password, @Secret String code) {}

    /** @param password that one has @param next that one wants */
    private record Password(@Secret String password, @Secret String next) {}

    /** Nothing is said. */
    private record Gone() {}

    /** @param id of the session; opens nothing @param from an address, empty on this machine */
    private record Row(String id, SessionView.CallerView caller, String from, String opened, String used, String expires) {

        static Row of(Session session) {
            return new Row(session.id(), SessionView.CallerView.of(session.caller()), session.from(), Json.time(session.opened()), Json.time(session.used()),
                    Json.time(session.expires()));
        }
    }
}
