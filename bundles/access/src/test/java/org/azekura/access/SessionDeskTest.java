package org.azekura.access;

import static org.azekura.access.Lobby.ANN;
import static org.azekura.access.Lobby.HERE;
import static org.azekura.access.Lobby.PASSWORD;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionDeskTest {

    private static final String OTHER = "another good password";

    @TempDir
    Path home;
    private Lobby lobby;

    @BeforeEach
    void open() throws Exception {
        lobby = new Lobby(home);
        lobby.user("ann", Role.ADMIN);
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    @Test
    void letsAUserInByHisPasswordOnly() throws Exception {
        Entry.Opened entry = lobby.opened("ann");
        assertEquals(new Caller("user ann", Role.ADMIN, Set.of()), entry.session().caller());
        assertEquals(Session.Duty.NONE, entry.session().duty());
        assertEquals(entry.session().id(), lobby.sessions.find(entry.secret()).orElseThrow().id());
        assertEquals(lobby.now, lobby.users.get(ANN).seen());
        assertEquals(Optional.empty(), lobby.sessions.find(entry.session().id()), "an id opens nothing");
        assertEquals(Optional.empty(), lobby.sessions.find(entry.session().csrf()));
        for (String name : List.of("ann", "bob", "ANN", "", "../ann", "user ann")) {
            assertInstanceOf(Entry.Refused.class, lobby.login(name, "not the password"), name);
        }
    }

    @Test
    void keepsOutWhoIsDisabledAndEndsHisSessions() throws Exception {
        lobby.user("bob", Role.OPERATOR);
        Entry.Opened before = lobby.opened("bob");
        lobby.users.change(new UserName("bob"), new Users.Change(null, null, true, null));
        assertEquals(Optional.empty(), lobby.sessions.find(before.secret()));
        assertInstanceOf(Entry.Refused.class, lobby.login("bob", PASSWORD));
    }

    @Test
    void holdsUpWhoTriesTooOftenAlsoWithTheRightPassword() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertInstanceOf(Entry.Refused.class, lobby.login("ann", "guess " + i));
        }
        Duration pause = assertInstanceOf(Entry.TooOften.class, lobby.login("ann", PASSWORD)).pause();
        assertEquals(Duration.ofSeconds(1), pause);
        lobby.later(pause);
        lobby.opened("ann");
        assertInstanceOf(Entry.Refused.class, lobby.login("ann", "a guess"), "who was let in begins anew");
    }

    @Test
    void tellsNobodyWhichNamesThereAre() throws Exception {
        List<Entry> known = new ArrayList<>();
        List<Entry> unknown = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            known.add(lobby.login("ann", "guess " + i));
            unknown.add(lobby.login("zoe", "guess " + i));
        }
        assertEquals(known, unknown);
    }

    @Test
    void unlocksAtOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            lobby.login("ann", "guess " + i);
        }
        lobby.sessions.unlock(ANN);
        lobby.opened("ann");
    }

    @Test
    void holdsUpNobodyWhoHasAToken() throws Exception {
        for (int i = 0; i < 100; i++) {
            lobby.login("home", "guess " + i);
        }
        assertEquals(Lobby.HOME, lobby.sessions.open(Lobby.HOME, HERE).session().caller());
    }

    @Test
    void endsWhenItIsNotUsedAndAtTheLatestAfterHours() throws Exception {
        String idle = lobby.opened("ann").secret();
        String busy = lobby.opened("ann").secret();
        int uses = 0;
        while (lobby.sessions.find(busy).isPresent()) {
            lobby.later(Duration.ofMinutes(29));
            uses++;
        }
        assertEquals(25, uses, "12 hours in steps of 29 minutes");
        assertEquals(Optional.empty(), lobby.sessions.find(idle));
        assertEquals(List.of(), lobby.sessions.list(null));
    }

    @Test
    void saysWhenItEnds() throws Exception {
        Entry.Opened entry = lobby.opened("ann");
        assertEquals(lobby.now.plus(OpenSessions.IDLE), entry.session().expires());
        lobby.later(Duration.ofMinutes(29));
        assertEquals(lobby.now.plus(OpenSessions.IDLE), lobby.sessions.find(entry.secret()).orElseThrow().expires());
    }

    @Test
    void theSessionUsedLongestAgoGivesWay() throws Exception {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < OpenSessions.OF_ONE; i++) {
            lobby.later(Duration.ofSeconds(1));
            secrets.add(lobby.opened("ann").secret());
        }
        lobby.later(Duration.ofSeconds(1));
        assertTrue(lobby.sessions.find(secrets.getFirst()).isPresent());
        lobby.opened("ann");
        assertTrue(lobby.sessions.find(secrets.getFirst()).isPresent());
        assertEquals(Optional.empty(), lobby.sessions.find(secrets.get(1)));
        assertEquals(OpenSessions.OF_ONE, lobby.sessions.list("user ann").size());
    }

    @Test
    void asksForAnotherPasswordAfterOneForOnce() throws Exception {
        String once = lobby.users.reset(ANN, null).password();
        Entry.Opened entry = (Entry.Opened) lobby.login("ann", once);
        assertEquals(Session.Duty.PASSWORD, entry.session().duty());
        Entry.Opened changed = (Entry.Opened) lobby.sessions.changePassword(new Sessions.Login("ann", once, null), OTHER, HERE);
        assertEquals(Session.Duty.NONE, changed.session().duty());
        assertInstanceOf(Entry.Refused.class, lobby.login("ann", once));
    }

    @Test
    void anotherPasswordEndsAllSessions() throws Exception {
        String before = lobby.opened("ann").secret();
        Sessions.Login login = new Sessions.Login("ann", PASSWORD, null);
        assertRefused("password.invalid", () -> lobby.sessions.changePassword(login, "short", HERE));
        assertRefused("password.invalid", () -> lobby.sessions.changePassword(login, PASSWORD, HERE));
        assertTrue(lobby.sessions.find(before).isPresent(), "nothing was changed");
        assertInstanceOf(Entry.Refused.class, lobby.sessions.changePassword(new Sessions.Login("ann", OTHER, null), OTHER, HERE));
        Entry.Opened after = (Entry.Opened) lobby.sessions.changePassword(login, OTHER, HERE);
        assertEquals(Optional.empty(), lobby.sessions.find(before));
        assertTrue(lobby.sessions.find(after.secret()).isPresent());
        assertNotEquals(before, after.secret());
    }

    @Test
    void aSessionLastsNoLongerThanItsToken() throws Exception {
        Tokens.Made made = lobby.tokens.create(new Tokens.Wanted(new TokenName("t"), Role.AUDITOR, Set.of(), Duration.ofMinutes(5)), Lobby.HOME);
        Caller caller = lobby.tokens.find(made.secret()).orElseThrow();
        Entry.Opened entry = lobby.sessions.open(caller, HERE);
        assertEquals(lobby.now.plus(Duration.ofMinutes(5)), entry.session().expires());
        lobby.tokens.revoke(new TokenName("t"));
        assertEquals(Optional.empty(), lobby.sessions.find(entry.secret()));
        assertRefused("token.unknown", () -> lobby.sessions.open(caller, HERE));
    }

    /** Between the password and the session somebody else may say otherwise. */
    @Test
    void letsNobodyInByWhatHeWasBeforeHisPasswordWasChecked() throws Exception {
        lobby.user("bob", Role.ADMIN);
        User proven = lobby.users.get(ANN);
        lobby.users.change(ANN, new Users.Change(Role.AUDITOR, null, null, null));
        assertEquals(Role.AUDITOR, lobby.sessions.opened(proven, HERE).session().caller().role());
        lobby.users.change(ANN, new Users.Change(null, null, true, null));
        assertRefused("session.denied", () -> lobby.sessions.opened(proven, HERE));
        lobby.users.change(ANN, new Users.Change(null, null, false, null));
        lobby.users.reset(ANN, OTHER);
        assertRefused("session.denied", () -> lobby.sessions.opened(proven, HERE));
        lobby.users.delete(ANN);
        assertRefused("user.unknown", () -> lobby.sessions.opened(proven, HERE));
        assertEquals(List.of(), lobby.sessions.list("user ann"));
    }

    /** Else ten thousand names of a megabyte are kept, of people who are nobody. */
    @Test
    void remembersNoNameThatIsLongerThanAnybodys() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertInstanceOf(Entry.Refused.class, lobby.login(i + "x".repeat(1 << 20), PASSWORD));
        }
        assertInstanceOf(Entry.TooOften.class, lobby.login("y".repeat(1 << 20), PASSWORD), "all of them are one that is nobody's");
        lobby.opened("ann");
    }

    @Test
    void endsOneByItsId() throws Exception {
        Entry.Opened one = lobby.opened("ann");
        lobby.sessions.end(one.session().id());
        assertEquals(Optional.empty(), lobby.sessions.find(one.secret()));
        assertRefused("session.unknown", () -> lobby.sessions.end(one.session().id()));
    }
}
