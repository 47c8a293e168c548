package org.azekura.access;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TrustGroup;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Role;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.catalog.sqlite.CatalogDoor;

/** All of this bundle on the real catalog, with a clock that the test turns and passwords that cost nothing. */
final class Lobby implements AutoCloseable, InstantSource {

    static final UserName ANN = new UserName("ann");
    /** Who has the home's own token. */
    static final Caller HOME = new Caller("home", Role.ADMIN, Set.of());
    static final String PASSWORD = "correct horse battery";
    static final String HERE = "192.0.2.1";

    final CatalogDoor door;
    final Secrets secrets = new Secrets(new Random(7));
    final Passwords passwords = new Passwords(new Passwords.Cost(64, 1, 1), new Random(8));
    final OpenSessions open = new OpenSessions(this, secrets);
    final Gate gate = new Gate(this);
    final UserDesk users;
    final TokenDesk tokens;
    final SessionDesk sessions;
    final FactorDesk factors;
    final PasskeyDesk passkeys;
    final SignOnDesk signOn;
    final HomeKey key = new HomeKey(new byte[32]);
    final ChainedLog log;
    final RequestDesk requests;
    boolean factorForAdmins;
    /** The provider of tests is on loopback. */
    boolean localProvider = true;
    String passkeyHost = "";
    Instant now = Instant.parse("2026-01-02T03:04:05Z");

    Lobby(Path home) {
        door = CatalogDoor.of(home);
        users = new UserDesk(door.catalog(), this, secrets, passwords, open);
        tokens = new TokenDesk(door.catalog(), this, secrets, open);
        TakenCodes codes = new TakenCodes(door.catalog(), this, key);
        sessions = new SessionDesk(door.catalog(), this, passwords, gate, open, tokens, codes, () -> factorForAdmins);
        passkeys = new PasskeyDesk(door.catalog(), this, this, secrets, key, sessions, new PasskeyHost(() -> passkeyHost));
        signOn = new SignOnDesk(door.catalog(), this, secrets, key, sessions, new Newcomers(door.catalog(), this, sessions), () -> localProvider);
        log = new ChainedLog(door.catalog(), () -> new ChainedLog.Times(now, now));
        requests = requests(door.catalog());
        factors = new FactorDesk(codes, this, secrets, key, sessions, "vault");
    }

    /** Requests as another run of the appliance finds them. */
    RequestDesk requests(CatalogStore catalog) {
        return new RequestDesk(catalog, this::instant, this, key, new ChainedLog(catalog, () -> new ChainedLog.Times(now, now)));
    }

    /** A host whose data is protected. */
    void client(String name) throws BackupException {
        door.catalog().write(edit -> {
            edit.putClient(new Client(new ClientName(name), TrustGroup.parse("00".repeat(16)), null, null));
            return null;
        });
    }

    @Override
    public Instant instant() {
        return now;
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    void user(String name, Role role) throws BackupException {
        users.create(new Users.Wanted(new UserName(name), role, Set.of(), PASSWORD));
    }

    Entry login(String name, String password) throws BackupException {
        return login(name, password, null);
    }

    Entry login(String name, String password, String code) throws BackupException {
        return sessions.open(new Sessions.Login(name, password, code), HERE);
    }

    Entry.Opened opened(String name) throws BackupException {
        return (Entry.Opened) login(name, PASSWORD);
    }

    @Override
    public void close() {
        door.close();
    }
}
