package org.azekura.access;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Role;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.User;

/** Users in the catalog. */
final class UserDesk implements Users {

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final Secrets secrets;
    private final Passwords passwords;
    private final OpenSessions sessions;

    UserDesk(CatalogStore catalog, InstantSource clock, Secrets secrets, Passwords passwords, OpenSessions sessions) {
        this.catalog = catalog;
        this.clock = clock;
        this.secrets = secrets;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    @Override
    public List<User> list() throws BackupException {
        return catalog.read(CatalogView::users);
    }

    @Override
    public User get(UserName name) throws BackupException {
        return catalog.read(view -> require(view, name));
    }

    @Override
    public Optional<Identity> identity(UserName name) throws BackupException {
        return catalog.read(view -> view.identity(name));
    }

    @Override
    public Made create(Wanted wanted) throws BackupException {
        requireScope(wanted.role(), wanted.clients(), "user");
        catalog.read(view -> requireClients(view, wanted.clients()));
        NewPassword password = password(wanted.name(), wanted.password());
        User user = new User(wanted.name(), wanted.role(), wanted.clients(), password.hash, password.once != null, false, SecondFactor.NONE, clock.instant(), null);
        catalog.write(edit -> {
            if (edit.user(wanted.name()).isPresent()) {
                throw BackupException.operator("user.exists", wanted.name().value(), "there is a user " + wanted.name() + " already; change him, or take another name");
            }
            edit.putUser(user);
            return null;
        });
        return new Made(user, password.once);
    }

    /** A first admin whose password was said beforehand: for once, or what it is checked by. @throws BackupException {@code password.invalid} */
    User createFirst(UserName name, String wanted) throws BackupException {
        boolean once = !wanted.startsWith("$");
        if (once) {
            Passwords.require(name, wanted);
        } else {
            Passwords.requireForm(name, wanted);
        }
        User user = new User(name, Role.ADMIN, Set.of(), once ? passwords.hash(wanted) : wanted, once, false, SecondFactor.NONE, clock.instant(), null);
        catalog.write(edit -> {
            edit.putUser(user);
            return null;
        });
        return user;
    }

    @Override
    public User change(UserName name, Change change) throws BackupException {
        Set<TokenName> ended = new HashSet<>();
        User changed = catalog.write(edit -> {
            ended.clear();
            User before = require(edit, name);
            User after = new User(name, change.role() == null ? before.role() : change.role(), change.clients() == null ? before.clients() : change.clients(),
                    before.password(), before.once(), change.disabled() == null ? before.disabled() : change.disabled(),
                    change.factor() == null ? before.factor() : before.factor().required(change.factor()), before.made(), before.seen());
            requireScope(after.role(), after.clients(), "user");
            requireClients(edit, change.clients() == null ? Set.of() : change.clients());
            edit.putUser(after);
            requireAdmin(edit, name);
            if (!mayGrant(after)) {
                ended.addAll(endTokens(edit, name));
            }
            return after;
        });
        endSessions(name, ended);
        return changed;
    }

    @Override
    public Made reset(UserName name, String wanted) throws BackupException {
        get(name);
        NewPassword password = password(name, wanted);
        User changed = catalog.write(edit -> {
            User after = require(edit, name).with(password.hash, password.once != null);
            edit.putUser(after);
            return after;
        });
        endSessions(name, Set.of());
        return new Made(changed, password.once);
    }

    @Override
    public void delete(UserName name) throws BackupException {
        endSessions(name, catalog.write(edit -> {
            require(edit, name);
            edit.deleteUser(name);
            requireAdmin(edit, name);
            return new Leaving(edit).end(name, clock.instant());
        }));
    }

    /** What a token may was said by who made it, and counts as long as he may say so. */
    private static Set<TokenName> endTokens(CatalogEdit edit, UserName maker) throws BackupException {
        return new Leaving(edit).endMadeBy(Leaving.name(maker));
    }

    private void endSessions(UserName name, Set<TokenName> tokens) {
        sessions.end(session -> session.caller().user().filter(name::equals).isPresent() || session.caller().token().filter(tokens::contains).isPresent());
    }

    /** @param once the same for people, if it is for once */
    private record NewPassword(String hash, String once) {}

    private NewPassword password(UserName name, String wanted) throws BackupException {
        if (wanted != null) {
            Passwords.require(name, wanted);
            return new NewPassword(passwords.hash(wanted), null);
        }
        String once = secrets.password();
        return new NewPassword(passwords.hash(once), once);
    }

    static User require(CatalogView view, UserName name) throws BackupException {
        return view.user(name).orElseThrow(() -> BackupException.operator("user.unknown", name.value(), "there is no user " + name + "; \"azekura user list\" tells who there is"));
    }

    /** Without anybody who may say who may what, only the home's own token would be left. */
    private static void requireAdmin(CatalogView view, UserName name) throws BackupException {
        if (view.users().stream().noneMatch(UserDesk::mayGrant)) {
            throw BackupException.operator("user.last", name.value(), "nobody but " + name + " is an admin; make another one first: azekura user create NAME --role admin");
        }
    }

    /** Whether he may say who may what. */
    static boolean mayGrant(User user) {
        return user.role() == Role.ADMIN && !user.disabled() && user.clients().isEmpty();
    }

    /** A name that is none of a client would see nothing, and whoever joins by it later would be seen by somebody who did not mean it. */
    static Void requireClients(CatalogView view, Set<ClientName> clients) throws BackupException {
        for (ClientName client : clients) {
            if (view.client(client).isEmpty()) {
                throw BackupException.operator("client.unknown", client.value(), "there is no client " + client + "; \"azekura client list\" tells which there are");
            }
        }
        return null;
    }

    /** @see Caller#sees */
    static void requireScope(Role role, Set<ClientName> clients, String what) throws BackupException {
        if (role == Role.RESTORER && clients.isEmpty()) {
            throw BackupException.operator("role.invalid", role.word(), "a " + what + " of the role restorer has to do with clients that are named, like --client web1");
        }
    }
}
