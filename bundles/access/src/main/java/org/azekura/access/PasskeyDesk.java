package org.azekura.access;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.azekura.access.passkey.Ceremony;
import org.azekura.access.passkey.Expected;
import org.azekura.access.passkey.NewKey;
import org.azekura.access.passkey.Untrue;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions.Login;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Passkey;
import org.azekura.api.catalog.User;

/** Passkeys in the catalog. */
final class PasskeyDesk implements Passkeys {

    /** For so long a session may go without the password. */
    static final Duration FRESH = Duration.ofMinutes(5);
    private static final int MOST = 20;
    private static final int LONGEST_NAME = 60;

    private final CatalogStore catalog;
    private final InstantSource clock;
    private final Secrets secrets;
    private final HomeKey key;
    private final SessionDesk sessions;
    private final PasskeyHost hosts;
    private final Pending<Expected> wishes;
    private final InstantSource steady;
    private final PasskeyLogin login;
    /** Half a second of classes, for who has none: made when the first is asked for. */
    private final Supplier<Ceremony> ceremony = new Once<>(Ceremony::new);

    /** @param steady the clock that sessions go by */
    PasskeyDesk(CatalogStore catalog, InstantSource clock, InstantSource steady, Secrets secrets, HomeKey key, SessionDesk sessions, PasskeyHost hosts) {
        this.catalog = catalog;
        this.clock = clock;
        this.steady = steady;
        this.secrets = secrets;
        this.key = key;
        this.sessions = sessions;
        this.hosts = hosts;
        wishes = new Pending<>(steady);
        login = new PasskeyLogin(catalog, clock, secrets, sessions, hosts, this::handle, ceremony, new Pending<>(steady));
    }

    @Override
    public boolean workAt(Site site) {
        return hosts.of(site).isPresent();
    }

    @Override
    public List<Passkey> list(UserName user) throws BackupException {
        return catalog.read(view -> {
            UserDesk.require(view, user);
            return view.passkeys(user);
        });
    }

    @Override
    public Start<Wish> wish(Session session, Login again, Site site) throws BackupException {
        String host = hosts.require(site);
        UserName user = user(session);
        Optional<Entry> not = doubted(session, again);
        if (not.isPresent()) {
            return new Start.Not<>(not.get());
        }
        if (catalog.read(view -> view.identity(user)).isPresent()) {
            // else he would come in when the provider has shut him out
            throw BackupException.operator("passkey.user", user.value(), user + " comes by single sign-on: passkeys are shown there");
        }
        List<Passkey> had = list(user);
        if (had.size() >= MOST) {
            throw BackupException.operator("passkey.many", user.value(), user + " has " + MOST + " passkeys already; remove one first");
        }
        byte[] challenge = secrets.bytes();
        wishes.begin(session.id(), new Expected(challenge, site.origin(), host, true), session.from());
        return new Start.Begun<>(new Wish(challenge, host, user, handle(user), had.stream().filter(one -> one.host().equals(host)).map(Passkey::credential).toList(), Ceremony.KINDS));
    }

    @Override
    public Made make(Session session, String name, Creation creation) throws BackupException {
        UserName user = user(session);
        requireName(name);
        Expected expected = wishes.take(session.id()).orElseThrow(() -> BackupException.operator("passkey.challenge", user.value(), "no passkey was begun with within five"
                + " minutes, or it was finished already; begin again"));
        NewKey made;
        try {
            made = ceremony.get().made(creation, expected);
        } catch (Untrue e) {
            throw BackupException.operator(e.code(), user.value(), "what the device made can't be taken: " + e.getMessage());
        }
        Passkey passkey = new Passkey(id(made.credential()), user, name.strip(), expected.host(), made.credential(), made.key(), made.counter(), made.synced(), clock.instant(), null);
        RecoveryCodes fresh = RecoveryCodes.make(secrets, key, user);
        return catalog.write(edit -> {
            List<Passkey> had = edit.passkeys(user);
            User owner = UserDesk.require(edit, user);
            if (owner.disabled() || edit.passkey(made.credential()).isPresent() || had.stream().anyMatch(one -> one.name().equals(passkey.name())) || had.size() >= MOST) {
                throw BackupException.operator("passkey.exists", passkey.name(), "there is a passkey \"" + passkey.name() + "\" already, or this very one; take another name, or remove it");
            }
            edit.putPasskey(passkey);
            if (!owner.factor().recovery().isEmpty()) {
                return new Made(passkey, List.of());
            }
            edit.putUser(owner.with(owner.factor().with(owner.factor().secret(), owner.factor().step(), fresh.hashes())));
            return new Made(passkey, fresh.codes());
        });
    }

    private static void requireName(String name) throws BackupException {
        int length = name.strip().codePointCount(0, name.strip().length());
        if (length == 0 || length > LONGEST_NAME || name.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw BackupException.operator("passkey.name", "", "a passkey has a name of 1 to " + LONGEST_NAME + " characters, like \"Ann's laptop\"");
        }
    }

    @Override
    public Question question(Site site, String from) throws BackupException {
        return login.question(site, from);
    }

    @Override
    public Start<Question> question(Login login, Site site, String from) throws BackupException {
        return this.login.question(login, site, from);
    }

    @Override
    public Entry open(String secret, Signature signature, String from) throws BackupException {
        return login.open(secret, signature, from);
    }

    @Override
    public Start<Passkey> remove(Session session, Login again, String id) throws BackupException {
        Optional<Entry> not = doubted(session, again);
        if (not.isPresent()) {
            return new Start.Not<>(not.get());
        }
        Passkey gone = delete(user(session), id);
        sessions.endOthers(session);
        return new Start.Begun<>(gone);
    }

    @Override
    public Passkey remove(UserName user, String id) throws BackupException {
        Passkey gone = delete(user, id);
        sessions.endOf(user);
        return gone;
    }

    private Passkey delete(UserName user, String id) throws BackupException {
        return catalog.write(edit -> {
            UserDesk.require(edit, user);
            List<Passkey> had = edit.passkeys(user);
            Passkey gone = had.stream().filter(one -> one.id().equals(id) || one.name().equals(id)).findFirst()
                    .orElseThrow(() -> BackupException.operator("passkey.unknown", id, user + " has no passkey " + id));
            edit.deletePasskey(gone.id());
            return gone;
        });
    }

    /** Empty: it is he, by what he showed again or just now. */
    private Optional<Entry> doubted(Session session, Login again) throws BackupException {
        if (again == null) {
            if (session.opened().plus(FRESH).isBefore(steady.instant())) {
                throw BackupException.operator("passkey.stale", user(session).value(), "your session is older than five minutes: give your password, or sign in again");
            }
            return Optional.empty();
        }
        if (!again.name().equals(user(session).value())) {
            // somebody else's password says nothing of whose session it is
            return Optional.of(new Entry.Refused());
        }
        return sessions.proveAgain(again, session.from()) instanceof SessionDesk.Proof.Not(Entry why) ? Optional.of(why) : Optional.empty();
    }

    private static UserName user(Session session) throws BackupException {
        return session.caller().user().orElseThrow(() -> BackupException.operator("passkey.user", session.caller().name(), "only a user has passkeys"));
    }

    /** Tells nobody who it is, and is always the same. */
    private byte[] handle(UserName user) {
        return HexFormat.of().parseHex(key.hash("passkey", user.value()));
    }

    private static String id(byte[] credential) {
        return HexFormat.of().formatHex(Secrets.sha256().digest(credential), 0, 8);
    }
}
