package org.azekura.access;

import static org.azekura.access.Lobby.ANN;
import static org.azekura.access.Lobby.HERE;
import static org.azekura.access.Lobby.PASSWORD;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions.Login;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.Passkey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasskeyDeskTest {

    private static final Passkeys.Site SITE = new Passkeys.Site("vault.example", 8443);
    private static final Login AGAIN = new Login("ann", PASSWORD, null);

    @TempDir
    Path home;
    private Lobby lobby;
    private Session session;
    private Device device;
    private byte[] handle;

    @BeforeEach
    void open() throws Exception {
        lobby = new Lobby(home);
        lobby.user("ann", Role.ADMIN);
        session = lobby.opened("ann").session();
        device = new Device(1);
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    private Passkeys.Wish wish() throws Exception {
        Passkeys.Wish wish = begun(lobby.passkeys.wish(session, AGAIN, SITE));
        handle = wish.handle();
        return wish;
    }

    private static <T> T begun(Passkeys.Start<T> start) {
        return assertInstanceOf(Passkeys.Start.Begun.class, start) instanceof Passkeys.Start.Begun<?> && start instanceof Passkeys.Start.Begun<T>(T asked) ? asked : null;
    }

    private Passkeys.Made enrol(String name, Device with) throws Exception {
        return lobby.passkeys.make(session, name, with.create(wish().challenge()));
    }

    private Entry login(Device with) throws Exception {
        Passkeys.Question question = lobby.passkeys.question(SITE, HERE);
        return lobby.passkeys.open(question.secret(), with.sign(question.challenge(), handle), HERE);
    }

    private void assertNotLetIn(String why, Entry entry) {
        assertEquals(new Entry.Refused(why), entry);
    }

    @Test
    void letsInByAPasskeyAlone() throws Exception {
        Passkey made = enrol("Ann's laptop", device).passkey();
        assertEquals("vault.example", made.host());
        Entry.Opened opened = assertInstanceOf(Entry.Opened.class, login(device));
        assertEquals("user ann", opened.session().caller().name());
        assertEquals(1, lobby.passkeys.list(ANN).getFirst().counter());
        assertInstanceOf(Entry.Opened.class, login(device));
    }

    @Test
    void isTheSecondFactorBesideAPasswordAndFulfilsTheDuty() throws Exception {
        lobby.factorForAdmins = true;
        assertEquals(Session.Duty.FACTOR, lobby.opened("ann").session().duty());
        List<String> recovery = enrol("phone", device).recovery();
        assertEquals(10, recovery.size());
        assertInstanceOf(Entry.FactorMissing.class, lobby.login("ann", PASSWORD));
        device.verifies = false;
        Passkeys.Question question = begun(lobby.passkeys.question(AGAIN, SITE, HERE));
        assertEquals(1, question.keys().size());
        Entry.Opened opened = assertInstanceOf(Entry.Opened.class, lobby.passkeys.open(question.secret(), device.sign(question.challenge(), null), HERE));
        assertEquals(Session.Duty.NONE, opened.session().duty());
        assertNotLetIn("passkey.unverified", login(device));
        assertInstanceOf(Entry.Opened.class, lobby.login("ann", PASSWORD, recovery.getFirst()));
        assertInstanceOf(Entry.Refused.class, lobby.login("ann", PASSWORD, recovery.getFirst()));
    }

    @Test
    void asksForThePasswordBeforeTheSecondFactor() throws Exception {
        enrol("phone", device);
        assertEquals(new Passkeys.Start.Not<>(new Entry.Refused()), lobby.passkeys.question(new Login("ann", "wrong", null), SITE, HERE));
        lobby.user("bob", Role.OPERATOR);
        assertRefused("passkey.unknown", () -> lobby.passkeys.question(new Login("bob", PASSWORD, null), SITE, HERE));
        Device bobs = new Device(2);
        session = lobby.opened("bob").session();
        lobby.passkeys.make(session, "bob's", bobs.create(begun(lobby.passkeys.wish(session, null, SITE)).challenge()));
        Passkeys.Question question = begun(lobby.passkeys.question(AGAIN, SITE, HERE));
        assertNotLetIn("passkey.unknown", lobby.passkeys.open(question.secret(), bobs.sign(question.challenge(), null), HERE));
    }

    @Test
    void takesAChallengeOnceAndForFiveMinutes() throws Exception {
        Passkeys.Wish wish = wish();
        Passkeys.Creation creation = device.create(wish.challenge());
        lobby.passkeys.make(session, "a", creation);
        assertRefused("passkey.challenge", () -> lobby.passkeys.make(session, "b", creation));
        Passkeys.Question question = lobby.passkeys.question(SITE, HERE);
        Passkeys.Signature signature = device.sign(question.challenge(), handle);
        assertInstanceOf(Entry.Opened.class, lobby.passkeys.open(question.secret(), signature, HERE));
        assertNotLetIn("passkey.challenge", lobby.passkeys.open(question.secret(), signature, HERE));
        Passkeys.Question late = lobby.passkeys.question(SITE, HERE);
        lobby.later(Duration.ofMinutes(5).plusSeconds(1));
        assertNotLetIn("passkey.challenge", lobby.passkeys.open(late.secret(), device.sign(late.challenge(), handle), HERE));
        assertNotLetIn("passkey.challenge", lobby.passkeys.open(null, signature, HERE));
    }

    @Test
    void bindsAChallengeToWhoBegan() throws Exception {
        Passkeys.Wish mine = wish();
        Session other = lobby.opened("ann").session();
        assertRefused("passkey.challenge", () -> lobby.passkeys.make(other, "a", device.create(mine.challenge())));
        lobby.passkeys.make(session, "a", device.create(mine.challenge()));
        Passkeys.Question hers = lobby.passkeys.question(SITE, HERE);
        Passkeys.Question his = lobby.passkeys.question(SITE, HERE);
        assertNotLetIn("passkey.challenge", lobby.passkeys.open(his.secret(), device.sign(hers.challenge(), handle), HERE));
    }

    @Test
    void refusesAnotherOriginHostKeyOrUser() throws Exception {
        enrol("a", device);
        device.origin = "https://evil.example";
        assertNotLetIn("passkey.origin", login(device));
        device.origin = SITE.origin();
        device.host = "evil.example";
        assertNotLetIn("passkey.host", login(device));
        device.host = "vault.example";
        assertNotLetIn("passkey.signature", login(new Device(1)));
        assertNotLetIn("passkey.unknown", login(new Device(2)));
        handle = new byte[32];
        assertNotLetIn("passkey.unknown", login(device));
    }

    @Test
    void refusesACounterThatDoesNotGrow() throws Exception {
        enrol("a", device);
        device.counter = 10;
        assertInstanceOf(Entry.Opened.class, login(device));
        device.counter = 10;
        assertNotLetIn("passkey.counter", login(device));
        device.counter = 11;
        assertInstanceOf(Entry.Opened.class, login(device));
    }

    @Test
    void keepsNothingOfWhatIsWrong() throws Exception {
        device.verifies = false;
        assertRefused("passkey.unverified", () -> enrol("a", device));
        device.verifies = true;
        device.origin = "https://vault.example";
        assertRefused("passkey.origin", () -> enrol("a", device));
        device.origin = SITE.origin();
        for (byte[] broken : List.of(new byte[0], new byte[] {(byte) 0xa3}, new byte[] {(byte) 0x9f, (byte) 0x9f}, "{}".getBytes())) {
            byte[] challenge = wish().challenge();
            assertRefused("passkey.unreadable", () -> lobby.passkeys.make(session, "a", new Passkeys.Creation(device.create(challenge).clientData(), broken)));
            byte[] next = wish().challenge();
            assertRefused("passkey.unreadable", () -> lobby.passkeys.make(session, "a", new Passkeys.Creation(broken, device.create(next).attestation())));
        }
        assertRefused("passkey.name", () -> enrol(" ", device));
        assertRefused("passkey.name", () -> enrol("a\nb", device));
        assertEquals(List.of(), lobby.passkeys.list(ANN));
        lobby.opened("ann");
    }

    @Test
    void nobodyTakesAPasskeyOfAnother() throws Exception {
        enrol("a", device);
        lobby.user("eve", Role.ADMIN);
        Session eves = lobby.opened("eve").session();
        Device copy = new Device(1);
        byte[] challenge = begun(lobby.passkeys.wish(eves, null, SITE)).challenge();
        assertRefused("passkey.exists", () -> lobby.passkeys.make(eves, "mine", copy.create(challenge)));
        assertInstanceOf(Entry.Opened.class, login(device));
        assertRefused("passkey.exists", () -> enrol("a", new Device(3)));
    }

    @Test
    void asksOnlyAFreshSessionForNothing() throws Exception {
        begun(lobby.passkeys.wish(session, null, SITE));
        lobby.later(PasskeyDesk.FRESH.plusSeconds(1));
        assertRefused("passkey.stale", () -> lobby.passkeys.wish(session, null, SITE));
        assertInstanceOf(Passkeys.Start.Not.class, lobby.passkeys.wish(session, new Login("ann", "wrong", null), SITE));
        wish();
        Session home = lobby.sessions.open(Lobby.HOME, HERE).session();
        assertRefused("passkey.user", () -> lobby.passkeys.wish(home, null, SITE));
    }

    @Test
    void areForNamesAndNotForAddresses() throws Exception {
        for (String address : List.of("192.0.2.7", "[2001:db8::1]", "::1")) {
            assertFalse(lobby.passkeys.workAt(new Passkeys.Site(address, 443)));
            assertRefused("passkey.host", () -> lobby.passkeys.question(new Passkeys.Site(address, 443), HERE));
        }
        assertTrue(lobby.passkeys.workAt(new Passkeys.Site("localhost", 443)));
        lobby.passkeyHost = "example";
        assertTrue(lobby.passkeys.workAt(SITE));
        assertFalse(lobby.passkeys.workAt(new Passkeys.Site("localhost", 443)));
        assertFalse(lobby.passkeys.workAt(new Passkeys.Site("notexample", 443)));
        device.host = "example";
        enrol("a", device);
        assertInstanceOf(Entry.Opened.class, login(device));
    }

    @Test
    void keepsOutWhoIsDisabledAndHoldsUpWhoTriesTooOften() throws Exception {
        enrol("a", device);
        lobby.user("bob", Role.ADMIN);
        lobby.users.change(ANN, new Users.Change(null, null, true, null));
        assertNotLetIn("user.disabled", login(device));
        lobby.users.change(ANN, new Users.Change(null, null, false, null));
        for (int i = 0; i < 3; i++) {
            assertNotLetIn("passkey.signature", login(new Device(1)));
        }
        assertInstanceOf(Entry.TooOften.class, login(device));
        lobby.sessions.unlock(ANN);
        assertInstanceOf(Entry.Opened.class, login(device));
    }

    @Test
    void isRemovedByItsUserOrByAnAdmin() throws Exception {
        Passkey one = enrol("a", device).passkey();
        Passkey two = enrol("b", new Device(2)).passkey();
        String other = assertInstanceOf(Entry.Opened.class, login(device)).secret();
        assertEquals(one.id(), begun(lobby.passkeys.remove(session, AGAIN, one.id())).id());
        assertEquals(Optional.empty(), lobby.sessions.find(other));
        assertEquals(1, lobby.sessions.list("user ann").size());
        assertNotLetIn("passkey.unknown", login(device));
        assertRefused("passkey.unknown", () -> lobby.passkeys.remove(ANN, one.id()));
        assertEquals(two.id(), lobby.passkeys.remove(ANN, "b").id());
        assertEquals(0, lobby.sessions.list("user ann").size());
        lobby.opened("ann");
        assertRefused("user.unknown", () -> lobby.passkeys.list(new UserName("zoe")));
    }

    @Test
    void goesWithItsUser() throws Exception {
        enrol("a", device);
        lobby.user("bob", Role.ADMIN);
        lobby.users.delete(ANN);
        lobby.user("ann", Role.OPERATOR);
        assertNotLetIn("passkey.unknown", login(device));
    }

    @Test
    void takesNobodyElsesPasswordForWhoseSessionItIs() throws Exception {
        lobby.user("bob", Role.OPERATOR);
        lobby.later(PasskeyDesk.FRESH.plusSeconds(1));
        assertRefused("passkey.stale", () -> lobby.passkeys.wish(session, null, SITE));
        assertEquals(new Passkeys.Start.Not<>(new Entry.Refused()), lobby.passkeys.wish(session, new Login("bob", Lobby.PASSWORD, null), SITE));
    }
}
