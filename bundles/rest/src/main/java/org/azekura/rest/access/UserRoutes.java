package org.azekura.rest.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.UserName;
import org.azekura.api.access.Right;
import org.azekura.api.access.Role;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.User;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;

/** Who may log in, with a password or by the provider. */
public final class UserRoutes {

    private final Users users;
    private final Sessions sessions;

    public UserRoutes(Users users, Sessions sessions) {
        this.users = users;
        this.sessions = sessions;
    }

    public List<Route> routes() {
        Route change = Route.patch("users/{user}").needs(Right.ADMINISTER).says("Changes what a user may; his sessions end").answers(Row.class)
                .dangerousIf(this::givesMore, this::terms).takes(Change.class, this::change);
        return List.of(change, change.asPost(),
                Route.get("users").needs(Right.READ).says("Who may log in, with a password or by single sign-on").aboutAll().lists(Row.class)
                        .by(call -> Reply.ok(rows())),
                Route.post("users").needs(Right.ADMINISTER).says("Makes a user; without a password he gets one for once, told in this answer only")
                        .answers(201, Made.class)
                        .dangerousIf(call -> Role.ADMIN.word().equals(call.read(Order.class).role)).takes(Order.class, this::create),
                Route.get("users/{user}").needs(Right.READ).says("One user").aboutAll().answers(Row.class).by(call -> Reply.ok(row(users.get(name(call))))),
                Route.post("users/{user}/reset").needs(Right.ADMINISTER).says("Gives a user another password; his sessions end").answers(Made.class)
                        .dangerous(this::terms).takes(Reset.class, this::reset),
                Route.post("users/{user}/unlock").needs(Right.ADMINISTER).says("Lets a user try again at once who tried too often").answers(Row.class).by(this::unlock),
                Route.delete("users/{user}").needs(Right.ADMINISTER).says("Forgets a user; his sessions end").answers(Row.class)
                        // to keep one out who is stolen is quick: he is disabled
                        .dangerousIf(call -> terms(call).isAdmin(), this::terms).by(this::delete));
    }

    private static UserName name(Call call) throws BackupException {
        return Names.user(call.place("user"));
    }

    private List<Row> rows() throws BackupException {
        List<Row> rows = new ArrayList<>();
        for (User user : users.list()) {
            rows.add(row(user));
        }
        return rows;
    }

    private Row row(User user) throws BackupException {
        return Row.of(user, users.identity(user.name()).map(Identity::shown).orElse(null));
    }

    private Reply create(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null || order.role == null) {
            throw Refusal.badRequest("request.value", order.name == null ? "name" : "role", "the fields \"name\" and \"role\" are needed, like \"ann\" and \"operator\"");
        }
        Set<ClientName> clients = Granted.clients(order.clients);
        Users.Made made = users.create(new Users.Wanted(new UserName(order.name), Granted.role(order.role), clients == null ? Set.of() : clients, order.password));
        return Reply.made(201, "users/" + order.name, Made.of(made));
    }

    private UserTerms terms(Call call) throws BackupException {
        return UserTerms.of(users.get(name(call)));
    }

    /** Whether it makes an admin, or has somebody show less than before. */
    private boolean givesMore(Call call) throws BackupException, Refusal {
        User was = users.get(name(call));
        Change order = call.read(Change.class);
        Role role = order.role == null ? was.role() : Granted.role(order.role);
        Set<ClientName> clients = order.clients == null ? was.clients() : Granted.clients(order.clients);
        boolean disabled = order.disabled == null ? was.disabled() : order.disabled;
        boolean admin = role == Role.ADMIN && clients.isEmpty() && !disabled;
        return admin && !UserTerms.of(was).isAdmin() || Boolean.FALSE.equals(order.factor) && was.factor().required();
    }

    private Reply change(Call call, Change order) throws BackupException, Refusal {
        return Reply.ok(row(users.change(name(call), new Users.Change(Granted.role(order.role), Granted.clients(order.clients), order.disabled, order.factor))));
    }

    private Reply reset(Call call, Reset order) throws BackupException, Refusal {
        return Reply.ok(Made.of(users.reset(Granted.another(call), order.password)));
    }

    private Reply unlock(Call call) throws BackupException {
        User user = users.get(name(call));
        sessions.unlock(user.name());
        return Reply.ok(row(user));
    }

    private Reply delete(Call call) throws BackupException {
        User user = users.get(name(call));
        users.delete(user.name());
        return Reply.ok(row(user));
    }

    /** @param clients none: all @param password none: one for once is made */
    private record Order(String name, String role, List<String> clients, @Secret String password) {}

    /** What is left out stays as it is. @param factor whether he has to have a second factor */
    private record Change(String role, List<String> clients, Boolean disabled, Boolean factor) {}

    /** @param password none: one for once is made */
    private record Reset(@Secret String password) {}

    /** @param password for once, told here and nowhere else; null if one was given */
    private record Made(String name, String password) {

        static Made of(Users.Made made) {
            return new Made(made.user().name().value(), made.password());
        }
    }

    /**
     * @param once   whether the password has to be changed at the next login
     * @param factor none, required (and not there yet), or set
     * @param seen   when he last logged in; null: never
     * @param sso    what the provider calls him by which he comes; null if he has a password of his own
     */
    private record Row(String name, String role, List<String> clients, boolean disabled, boolean once, String factor, String made, String seen, String sso) {

        static Row of(User user, String sso) {
            String factor = user.factor().secret() != null ? "set" : user.factor().required() ? "required" : "none";
            return new Row(user.name().value(), user.role().word(), Granted.words(user.clients()), user.disabled(), user.once(), factor, Json.time(user.made()),
                    Json.time(user.seen()), sso);
        }
    }
}
