package org.azekura.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Role;
import org.azekura.api.access.SecondFactors;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.User;

/** Ann, with the password {@link #PASSWORD} and, if a test says so, a code; and a token. */
public final class FakeAccess {

    public static final String PASSWORD = "correct horse battery";
    public static final String TOKEN = "azk_token";
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    /** Who logs in by name and password. */
    public Caller caller = Caller.of(new UserName("ann"), Role.ADMIN, Set.of());

    /** What each was asked for, in words. */
    public final List<String> asked = new ArrayList<>();
    public final List<AuditLog.Act> acts = new ArrayList<>();
    public String code;
    public Session.Duty duty = Session.Duty.NONE;
    public int tries = 100;
    final Map<String, Session> open = new HashMap<>();

    final Users users = new Users() {
        private final User ann = new User(new UserName("ann"), Role.ADMIN, Set.of(), "$argon2id$secret", false, false, SecondFactor.NONE, TIME, TIME);

        @Override
        public List<User> list() {
            return List.of(ann);
        }

        @Override
        public User get(UserName name) throws BackupException {
            if (!name.equals(ann.name())) {
                throw BackupException.operator("user.unknown", name.value(), "there is no user " + name);
            }
            return ann;
        }

        @Override
        public Optional<Identity> identity(UserName name) {
            return Optional.of(new Identity("https://id.example.com", "7", name, "Ann Archer", TIME));
        }

        @Override
        public Made create(Wanted wanted) {
            asked.add("create " + wanted.name() + " " + wanted.role().word() + " " + wanted.clients());
            return new Made(new User(wanted.name(), wanted.role(), wanted.clients(), "", true, false, SecondFactor.NONE, TIME, null), wanted.password() == null ? "once" : null);
        }

        @Override
        public User change(UserName name, Change change) throws BackupException {
            asked.add("change " + name + " " + change);
            return get(name);
        }

        @Override
        public Made reset(UserName name, String password) throws BackupException {
            return new Made(get(name), password == null ? "once" : null);
        }

        @Override
        public void delete(UserName name) throws BackupException {
            throw BackupException.operator("user.last", get(name).name().value(), "nobody but ann is an admin");
        }
    };

    final Tokens tokens = new Tokens() {
        @Override
        public List<ApiToken> list() {
            return List.of(new ApiToken(new TokenName("report"), Role.AUDITOR, Set.of(), new byte[] {77}, TIME, "user ann", null, null));
        }

        @Override
        public Made create(Wanted wanted, Caller by) {
            asked.add("token " + wanted.name() + " " + wanted.lasts() + " by " + by.name());
            return new Made(new ApiToken(wanted.name(), wanted.role(), wanted.clients(), new byte[32], TIME, by.name(), wanted.lasts() == null ? null
                    : TIME.plus(wanted.lasts()), null), TOKEN);
        }

        @Override
        public ApiToken revoke(TokenName name) {
            asked.add("revoke " + name);
            return list().getFirst();
        }

        @Override
        public Optional<Caller> find(String secret) {
            return secret.equals(TOKEN) ? Optional.of(Caller.of(new TokenName("report"), Role.RESTORER, Set.of(new ClientName("web")))) : Optional.empty();
        }
    };

    final Sessions sessions = new Sessions() {
        @Override
        public Entry open(Login login, String from) {
            if (tries-- <= 0) {
                return new Entry.TooOften(Duration.ofMillis(1500));
            }
            boolean right = login.name().equals("ann") && login.password().equals(PASSWORD);
            return !right ? new Entry.Refused() : code == null || code.equals(login.code()) ? open(caller, from)
                    : login.code() == null ? new Entry.FactorMissing() : new Entry.Refused();
        }

        @Override
        public Entry.Opened open(Caller caller, String from) {
            String secret = "secret" + open.size();
            Session session = new Session("id" + open.size(), caller, "csrf" + open.size(), duty, from, TIME, TIME, TIME.plusSeconds(1800));
            open.put(secret, session);
            return new Entry.Opened(session, secret);
        }

        @Override
        public Entry changePassword(Login login, String password, String from) {
            asked.add("password of " + login.name());
            duty = Session.Duty.NONE;
            open.clear();
            return open(login, from);
        }

        @Override
        public Optional<Session> find(String secret) {
            return Optional.ofNullable(open.get(secret));
        }

        @Override
        public List<Session> list(String caller) {
            return open.values().stream().filter(one -> caller == null || one.caller().name().equals(caller)).toList();
        }

        @Override
        public void end(String id) throws BackupException {
            if (!open.values().removeIf(one -> one.id().equals(id))) {
                throw BackupException.operator("session.unknown", id, "there is no session " + id);
            }
        }

        @Override
        public void unlock(UserName name) {
            asked.add("unlock " + name);
        }
    };

    final SecondFactors factors = new SecondFactors() {
        @Override
        public Start begin(Sessions.Login login, String from, String session) {
            return login.password().equals(PASSWORD) ? new Start.Begun("ABCD", "otpauth://totp/x") : new Start.Not(new Entry.Refused());
        }

        @Override
        public Confirmed confirm(UserName user, String given, String from, String session) throws BackupException {
            if (!given.equals("123456")) {
                throw BackupException.operator("factor.invalid", user.value(), "the code is not of this secret");
            }
            return new Confirmed(List.of("aaaaa-bbbbb"), sessions.open(caller, from));
        }

        @Override
        public void remove(UserName user) {
            asked.add("no factor " + user);
        }
    };

    final FakePasskeys passkeys = new FakePasskeys(sessions, asked);

    final FakeSignOn signOn = new FakeSignOn(sessions);

    final AuditLog log = new AuditLog() {
        @Override
        public AuditEntry add(Act act) {
            acts.add(act);
            return entry(acts.size());
        }

        private AuditEntry entry(int number) {
            Act act = acts.get(number - 1);
            return new AuditEntry(number, TIME, TIME, act.who(), act.from(), act.operation(), act.object(), act.outcome(), new byte[] {(byte) number});
        }

        @Override
        public List<AuditEntry> page(long below, int limit) {
            List<AuditEntry> page = new ArrayList<>();
            for (int i = (int) Math.min(acts.size(), below - 1); i > 0 && page.size() < limit; i--) {
                page.add(entry(i));
            }
            return page;
        }

        @Override
        public Verdict verify() {
            return new Verdict(acts.size(), 3, "ab", 0, false);
        }

        @Override
        public void accept() {
            asked.add("accept");
        }
    };
}
