package org.azekura.access;

import static org.azekura.access.Lobby.ANN;
import static org.azekura.access.Lobby.HERE;
import static org.azekura.access.Lobby.PASSWORD;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Role;
import org.azekura.api.access.SecondFactors;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Users;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorDeskTest {

    private static final String SESSION = "the session";

    @TempDir
    Path home;
    private Lobby lobby;
    private byte[] secret;
    private SecondFactors.Confirmed confirmed;

    @BeforeEach
    void open() throws Exception {
        lobby = new Lobby(home);
        lobby.user("ann", Role.ADMIN);
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    private SecondFactors.Start begin(String password, String code) throws Exception {
        return lobby.factors.begin(new Sessions.Login("ann", password, code), HERE, SESSION);
    }

    private void enrol(String code) throws Exception {
        SecondFactors.Start.Begun begun = (SecondFactors.Start.Begun) begin(PASSWORD, code);
        secret = Base32.decode(begun.secret());
        confirmed = lobby.factors.confirm(ANN, code(), HERE, SESSION);
    }

    private String code() {
        return Codes.at(secret, lobby.now);
    }

    @Test
    void asksForACodeOnceItIsConfirmed() throws Exception {
        Entry.Opened before = lobby.opened("ann");
        SecondFactors.Start.Begun begun = (SecondFactors.Start.Begun) begin(PASSWORD, null);
        secret = Base32.decode(begun.secret());
        lobby.opened("ann");
        assertRefused("factor.invalid", () -> lobby.factors.confirm(ANN, "000000", HERE, SESSION));
        lobby.opened("ann");
        confirmed = lobby.factors.confirm(ANN, code(), HERE, SESSION);
        assertEquals(Optional.empty(), lobby.sessions.find(before.secret()));
        assertEquals(Session.Duty.NONE, lobby.sessions.find(confirmed.opened().secret()).orElseThrow().duty());
        assertInstanceOf(Entry.FactorMissing.class, lobby.login("ann", PASSWORD));
        lobby.later(Duration.ofSeconds(30));
        assertInstanceOf(Entry.Opened.class, lobby.login("ann", PASSWORD, code()));
    }

    @Test
    void takesNoCodeTwice() throws Exception {
        enrol(null);
        assertInstanceOf(Entry.Refused.class, lobby.login("ann", PASSWORD, code()), "the one that it was confirmed by");
        lobby.later(Duration.ofSeconds(60));
        assertInstanceOf(Entry.Opened.class, lobby.login("ann", PASSWORD, code()));
        assertInstanceOf(Entry.Refused.class, lobby.login("ann", PASSWORD, code()));
    }

    @Test
    void takesARecoveryCodeOnce() throws Exception {
        enrol(null);
        assertEquals(10, confirmed.recovery().stream().distinct().count());
        String recovery = confirmed.recovery().getFirst();
        assertInstanceOf(Entry.Opened.class, lobby.login("ann", PASSWORD, " " + recovery.toUpperCase(Locale.ROOT)));
        assertInstanceOf(Entry.Refused.class, lobby.login("ann", PASSWORD, recovery));
        assertEquals(9, lobby.users.get(ANN).factor().recovery().size());
        assertFalse(lobby.users.get(ANN).factor().toString().contains(confirmed.recovery().getLast()));
    }

    @Test
    void holdsUpWhoGuessesCodes() throws Exception {
        enrol(null);
        for (int i = 0; i < 4; i++) {
            assertInstanceOf(Entry.Refused.class, lobby.login("ann", PASSWORD, "00000" + i));
        }
        assertInstanceOf(Entry.TooOften.class, lobby.login("ann", PASSWORD, "000005"));
    }

    @Test
    void toAskForACodeIsNoGuess() throws Exception {
        enrol(null);
        for (int i = 0; i < 50; i++) {
            assertInstanceOf(Entry.FactorMissing.class, lobby.login("ann", PASSWORD));
        }
    }

    @Test
    void beginsOnlyForWhoProvesThatItIsHe() throws Exception {
        assertInstanceOf(SecondFactors.Start.Not.class, begin("another good password", null));
        enrol(null);
        assertEquals(new SecondFactors.Start.Not(new Entry.FactorMissing()), begin(PASSWORD, null));
        lobby.later(Duration.ofSeconds(60));
        enrol(code());
    }

    @Test
    void waitsTenMinutesForItsConfirmation() throws Exception {
        assertRefused("factor.invalid", () -> lobby.factors.confirm(ANN, "123456", HERE, SESSION));
        secret = Base32.decode(((SecondFactors.Start.Begun) begin(PASSWORD, null)).secret());
        lobby.later(Duration.ofMinutes(11));
        assertRefused("factor.invalid", () -> lobby.factors.confirm(ANN, code(), HERE, SESSION));
    }

    @Test
    void isConfirmedBySomeTriesOfTheSessionThatBeganIt() throws Exception {
        secret = Base32.decode(((SecondFactors.Start.Begun) begin(PASSWORD, null)).secret());
        assertRefused("factor.invalid", () -> lobby.factors.confirm(ANN, code(), HERE, "another session"));
        for (int i = 0; i < 5; i++) {
            assertRefused("factor.invalid", () -> lobby.factors.confirm(ANN, "000000", HERE, SESSION));
        }
        assertRefused("factor.invalid", () -> lobby.factors.confirm(ANN, code(), HERE, SESSION));
        enrol(null);
    }

    @Test
    void isDemandedOfOneUserOrOfAllAdmins() throws Exception {
        lobby.users.change(ANN, new Users.Change(null, null, null, true));
        assertEquals(Session.Duty.FACTOR, lobby.opened("ann").session().duty());
        lobby.users.change(ANN, new Users.Change(null, null, null, false));
        assertEquals(Session.Duty.NONE, lobby.opened("ann").session().duty());
        lobby.factorForAdmins = true;
        assertEquals(Session.Duty.FACTOR, lobby.opened("ann").session().duty());
        lobby.user("bob", Role.OPERATOR);
        assertEquals(Session.Duty.NONE, lobby.opened("bob").session().duty());
        enrol(null);
        assertEquals(Session.Duty.NONE, confirmed.opened().session().duty());
    }

    @Test
    void isTakenAwayFromWhoHasLostIt() throws Exception {
        enrol(null);
        lobby.factors.remove(ANN);
        assertEquals(Optional.empty(), lobby.sessions.find(confirmed.opened().secret()));
        lobby.opened("ann");
    }

    @Test
    void isSealedForOneUserByTheKeyOfOneHome() throws Exception {
        String sealed = lobby.key.seal(new byte[20], "ann");
        assertRefused("factor.damaged", () -> lobby.key.open(sealed, "bob"));
        byte[] other = new byte[32];
        other[0] = 1;
        assertRefused("factor.damaged", () -> new HomeKey(other).open(sealed, "ann"));
        assertRefused("factor.damaged", () -> lobby.key.open("AAAA", "ann"));
        assertRefused("factor.damaged", () -> lobby.key.open("!", "ann"));
        assertEquals(20, lobby.key.open(sealed, "ann").length);
    }

    @Test
    void keepsItsKeyForItsOwner() throws Exception {
        String sealed = HomeKey.of(home).seal(new byte[] {7}, "ann");
        assertEquals(7, HomeKey.of(home).open(sealed, "ann")[0]);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("access.key"))));
        Files.write(home.resolve("access.key"), new byte[3]);
        assertRefused("access.key", () -> HomeKey.of(home));
    }
}
