package org.azekura.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.SignOn;
import org.azekura.api.catalog.User;

/** Lets people in. */
final class SessionDesk implements Sessions {

    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final int LONGEST_NAME = 200;

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final Passwords passwords;
    private final Gate gate;
    private final OpenSessions open;
    private final TokenDesk tokens;
    private final TakenCodes codes;
    private final BooleanSupplier factorForAdmins;

    /** @param factorForAdmins whether each admin has to have a second factor */
    SessionDesk(CatalogStore catalog, InstantSource clock, Passwords passwords, Gate gate, OpenSessions open, TokenDesk tokens, TakenCodes codes,
            BooleanSupplier factorForAdmins) {
        this.catalog = catalog;
        this.clock = clock;
        this.passwords = passwords;
        this.gate = gate;
        this.open = open;
        this.tokens = tokens;
        this.codes = codes;
        this.factorForAdmins = factorForAdmins;
    }

    @Override
    public Entry open(Login login, String from) throws BackupException {
        return switch (proveWhole(login, from)) {
            case Proof.Not(Entry why) -> why;
            case Proof.Of(User user) -> opened(user, from);
        };
    }

    @Override
    public Entry changePassword(Login login, String password, String from) throws BackupException {
        return switch (prove(login, from)) {
            case Proof.Not(Entry why) -> why;
            case Proof.Of(User user) -> {
                gate.welcome(login.name(), from);
                Passwords.require(user.name(), password);
                if (password.equals(login.password())) {
                    throw BackupException.operator("password.invalid", user.name().value(), "the new password is the one that you have");
                }
                String hash = passwords.hash(password);
                User changed = catalog.write(edit -> {
                    User after = UserDesk.require(edit, user.name()).with(hash, false);
                    edit.putUser(after);
                    return after;
                });
                endOf(user.name());
                yield opened(changed, from);
            }
        };
    }

    /** Whether somebody is whom he says he is. */
    sealed interface Proof {

        record Of(User user) implements Proof {}

        record Not(Entry why) implements Proof {}
    }

    /** By password, and by a code where he has a second factor. */
    private Proof proveWhole(Login login, String from) throws BackupException {
        return switch (prove(login, from)) {
            case Proof.Not not -> not;
            case Proof.Of of -> withCode(of, login, from, hasFactor(of.user));
        };
    }

    /** The same of who is in already: if he has passkeys only, he has shown one of these to come in. */
    Proof proveAgain(Login login, String from) throws BackupException {
        return switch (prove(login, from)) {
            case Proof.Not not -> not;
            case Proof.Of of -> withCode(of, login, from, of.user.factor().secret() != null);
        };
    }

    private boolean hasFactor(User user) throws BackupException {
        return user.factor().secret() != null || catalog.read(view -> !view.passkeys(user.name()).isEmpty());
    }

    private Proof withCode(Proof.Of of, Login login, String from, boolean needed) throws BackupException {
        if (needed && login.code() == null) {
            noGuess(login.name(), from);
            return new Proof.Not(new Entry.FactorMissing());
        }
        if (needed && !codes.take(of.user.name(), login.code())) {
            return new Proof.Not(new Entry.Refused());
        }
        welcome(login.name(), from);
        return of;
    }

    /** As {@link Gate#pass}. */
    Duration pass(String name, String from) {
        return gate.pass(name, from);
    }

    void noGuess(String name, String from) {
        gate.undo(name, from);
    }

    void welcome(String name, String from) {
        gate.welcome(name, from);
    }

    /** By password alone. */
    Proof prove(Login given, String from) throws BackupException {
        if (!catalog.read(view -> view.signOn().map(SignOn::passwords).orElse(true))) {
            return new Proof.Not(new Entry.Refused("access.passwords"));
        }
        // nobody has a longer name, and none is remembered
        Login login = given.name().length() <= LONGEST_NAME ? given : new Login("", given.password(), given.code());
        Duration wait = gate.pass(login.name(), from);
        if (!wait.isZero()) {
            return new Proof.Not(new Entry.TooOften(wait));
        }
        if (login.password().length() > Passwords.MAX * 2) {
            return new Proof.Not(new Entry.Refused());
        }
        Optional<User> user = user(login.name()).filter(found -> !found.disabled());
        Optional<Boolean> right = passwords.check(user.map(User::password).orElse(null), login.password());
        if (right.isEmpty()) {
            gate.undo(login.name(), from);
            return new Proof.Not(new Entry.TooOften(BUSY));
        }
        return right.get() ? new Proof.Of(user.orElseThrow()) : new Proof.Not(new Entry.Refused());
    }

    private Optional<User> user(String name) throws BackupException {
        UserName checked;
        try {
            checked = new UserName(name);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return catalog.read(view -> view.user(checked));
    }

    /** All of the same user but this one. */
    void endOthers(Session but) {
        open.end(session -> session.caller().equals(but.caller()) && !session.id().equals(but.id()));
    }

    void endOf(UserName name) {
        endOf(name, Set.of());
    }

    /** @param tokens whose sessions end with his */
    void endOf(UserName name, Set<TokenName> tokens) {
        open.end(session -> session.caller().user().filter(name::equals).isPresent() || session.caller().token().filter(tokens::contains).isPresent());
    }

    /** For who has proven that it is he. */
    Entry.Opened opened(User user, String from) throws BackupException {
        return opened(user, from, false);
    }

    /** The same by a provider, which asks for a second factor itself. */
    Entry.Opened openedByProvider(User user, String from) throws BackupException {
        return opened(user, from, true);
    }

    private Entry.Opened opened(User user, String from, boolean whole) throws BackupException {
        // within the transaction: who is disabled, demoted or given another password ends sessions behind it, and finds this one
        return catalog.write(edit -> {
            User now = UserDesk.require(edit, user.name());
            if (now.disabled() || !now.password().equals(user.password())) {
                throw BackupException.operator("session.denied", user.name().value(), "user " + user.name() + " was changed while he logged in; log in again");
            }
            edit.putUser(now.seen(clock.instant()));
            return open.open(Caller.of(now.name(), now.role(), now.clients()), whole ? Session.Duty.NONE : duty(now, !edit.passkeys(now.name()).isEmpty()), from, null);
        });
    }

    private Session.Duty duty(User user, boolean passkey) {
        boolean factor = user.factor().required() || user.role() == Role.ADMIN && factorForAdmins.getAsBoolean();
        return user.once() ? Session.Duty.PASSWORD : factor && user.factor().secret() == null && !passkey ? Session.Duty.FACTOR : Session.Duty.NONE;
    }

    @Override
    public Entry.Opened open(Caller caller, String from) throws BackupException {
        // within the transaction, as of a user: who revokes a token ends its sessions behind it
        return caller.token().isEmpty() ? open.open(caller, Session.Duty.NONE, from, null)
                : catalog.write(edit -> open.open(caller, Session.Duty.NONE, from, tokens.left(edit, caller.token().get()).orElse(null)));
    }

    @Override
    public Optional<Session> find(String secret) {
        return open.use(secret);
    }

    @Override
    public List<Session> list(String caller) {
        return open.list().stream().filter(session -> caller == null || session.caller().name().equals(caller)).toList();
    }

    @Override
    public void end(String id) throws BackupException {
        if (open.end(session -> session.id().equals(id)) == 0) {
            throw BackupException.operator("session.unknown", id, "there is no session " + id + "; it may have ended");
        }
    }

    @Override
    public void unlock(UserName name) {
        gate.unlock(name.value());
    }
}
