package org.azekura.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Requests.Order;
import org.azekura.api.access.Requests.Performer.Outcome;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.access.Role;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.AuditEntry;
import org.azekura.api.catalog.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDeskTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Rule TWO = new Rule(2, DAY);
    private static final Order DELETE = new Order("DELETE pools/{pool}", "default", "{\"password\":\"of somebody\"}");

    private final List<String> done = new ArrayList<>();
    private Lobby lobby;
    private RequestDesk desk;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        lobby = new Lobby(home);
        desk = lobby.requests;
        lobby.user("ann", Role.ADMIN);
        lobby.user("bob", Role.ADMIN);
        lobby.user("eve", Role.OPERATOR);
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    private static Caller user(String name) {
        return Caller.of(new UserName(name), name.equals("eve") ? Role.OPERATOR : Role.ADMIN, Set.of());
    }

    private Caller token(String name, Caller by) throws BackupException {
        lobby.tokens.create(new Tokens.Wanted(new TokenName(name), Role.ADMIN, Set.of(), null), by);
        return Caller.of(new TokenName(name), Role.ADMIN, Set.of());
    }

    private Outcome perform(Request request, String order, Caller by, boolean again) {
        done.add(request.number() + " " + by.name() + " " + order);
        return new Outcome("done", null, "the answer");
    }

    private void pass() throws BackupException {
        desk.due().pass(this::perform);
    }

    private Request.State state(long number) throws BackupException {
        return desk.get(number).state();
    }

    private static void refused(String code, org.junit.jupiter.api.function.Executable call) {
        assertEquals(code, assertThrows(BackupException.class, call).failure().code());
    }

    @Test
    void isOffUntilSomebodyTurnsItOn() throws Exception {
        assertEquals(Rule.OFF, desk.rule());
        assertFalse(desk.holds(user("ann")));
        desk.change(TWO);
        assertTrue(desk.holds(user("ann")) && desk.holds(user("eve")));
        assertFalse(desk.holds(Lobby.HOME));
    }

    @Test
    void carriesOutWhatAnotherConfirmedWhenItsTimeHasCome() throws Exception {
        desk.change(TWO);
        Request asked = desk.ask(DELETE, user("ann"), "192.0.2.1");
        assertEquals(Request.State.WAITING, asked.state());
        lobby.later(DAY.multipliedBy(2));
        pass();
        assertEquals(Request.State.WAITING, state(1));
        Request confirmed = desk.confirm(1, user("bob"), asked.hash());
        assertEquals(lobby.now.plus(DAY), confirmed.due());
        lobby.later(DAY.minusSeconds(1));
        pass();
        assertEquals(List.of(), done);
        lobby.later(Duration.ofSeconds(1));
        pass();
        pass();
        assertEquals(List.of("1 user ann " + DELETE.text()), done);
        assertEquals(Request.State.DONE, state(1));
        AuditEntry line = lobby.log.page(Long.MAX_VALUE, 1).getFirst();
        assertEquals("user ann, request 1, DELETE pools/{pool}, default, done", String.join(", ", line.who(), line.from(), line.operation(), line.object(), line.outcome()));
    }

    @Test
    void waitsForNobodyWhereOnePersonWillDoButForItsTime() throws Exception {
        desk.change(new Rule(1, DAY));
        assertEquals(Request.State.CONFIRMED, desk.ask(DELETE, user("ann"), "").state());
        lobby.later(DAY.minusSeconds(1));
        pass();
        assertEquals(List.of(), done);
        lobby.later(Duration.ofSeconds(1));
        pass();
        assertEquals(1, done.size());
    }

    @Test
    void wantsTwoAdminsBeforeItAsksForTwo() throws Exception {
        lobby.users.change(new UserName("bob"), new Users.Change(null, null, true, null));
        refused("rule.last", () -> desk.change(TWO));
        token("second", Lobby.HOME);
        assertEquals(TWO, desk.change(TWO));
    }

    @Test
    void keepsWhatSomebodyTypedToItself() throws Exception {
        desk.change(TWO);
        Request asked = desk.ask(DELETE, user("ann"), "");
        assertFalse(asked.order().contains("somebody"));
        assertEquals(DELETE.text(), desk.order(1));
        assertNull(desk.list(false).getFirst().order());
    }

    @ParameterizedTest
    @CsvSource({"user ann, user ann, false", "user ann, user bob, true", "user ann, user eve, false", "user eve, user ann, true", "user ann, token of ann, false",
        "user ann, token of bob, true", "user ann, token of token, false", "token of ann, user ann, false", "token of token, token of ann, false",
        "token of token, user bob, true", "token of bob, token of ann, true", "user ann, token of home, true", "token of home, token other, true",
        "user ann, token orphan, false", "token orphan, user bob, false", "user ann, home, true"})
    void asksForAnotherPerson(String asker, String confirmer, boolean may) throws Exception {
        token("of-ann", user("ann"));
        token("of-token", Caller.of(new TokenName("of-ann"), Role.ADMIN, Set.of()));
        token("of-bob", user("bob"));
        token("of-home", Lobby.HOME);
        token("other", Lobby.HOME);
        token("gone", user("ann"));
        token("orphan", Caller.of(new TokenName("gone"), Role.ADMIN, Set.of()));
        lobby.tokens.revoke(new TokenName("gone"));
        desk.change(TWO);
        desk.ask(DELETE, caller(asker), "");
        if (may) {
            assertEquals(Request.State.CONFIRMED, desk.confirm(1, caller(confirmer), null).state());
        } else {
            refused("request.denied", () -> desk.confirm(1, caller(confirmer), null));
            assertEquals(Request.State.WAITING, state(1));
        }
    }

    private static Caller caller(String words) {
        return words.startsWith("user ") ? user(words.substring(5))
                : words.startsWith("token ") ? Caller.of(new TokenName(words.substring(6).replace(' ', '-')), Role.ADMIN, Set.of()) : Lobby.HOME;
    }

    @ParameterizedTest
    @CsvSource({"POST users/{user}/reset, bob, user ann", "POST users, users/bob, user ann", "POST users/{user}/factor/remove, bob, token mine", "PATCH users/{user}, ann, user bob"})
    void takesNobodyWhomTheOtherHasMadeLately(String operation, String object, String who) throws Exception {
        token("mine", user("ann"));
        lobby.log.add(new AuditLog.Act(who, "", operation, object, "done"));
        desk.change(TWO);
        desk.ask(DELETE, user("ann"), "");
        refused("request.denied", () -> desk.confirm(1, user("bob"), null));
        lobby.later(DAY.plusSeconds(1));
        assertEquals(Request.State.CONFIRMED, desk.confirm(1, user("bob"), null).state());
    }

    @Test
    void takesWhomTheOtherTriedToMakeInVain() throws Exception {
        lobby.log.add(new AuditLog.Act("user ann", "", "POST users/{user}/reset", "bob", "password.invalid"));
        lobby.log.add(new AuditLog.Act("user ann", "", "POST users/{user}/unlock", "bob", "done"));
        lobby.log.add(new AuditLog.Act("user eve", "", "POST users/{user}/reset", "bob", "done"));
        desk.change(TWO);
        desk.ask(DELETE, user("ann"), "");
        assertEquals(Request.State.CONFIRMED, desk.confirm(1, user("bob"), null).state());
    }

    @Test
    void endsAtOnceWhenAnybodyWhoMayRefusesIt() throws Exception {
        desk.change(TWO);
        desk.ask(DELETE, user("eve"), "");
        desk.ask(DELETE, user("ann"), "");
        refused("request.denied", () -> desk.refuse(2, user("eve"), null));
        assertEquals("user eve", desk.refuse(1, user("eve"), null).why());
        desk.confirm(2, user("bob"), null);
        assertEquals("user ann: changed my mind", desk.refuse(2, user("ann"), "changed my mind").why());
        lobby.later(DAY.multipliedBy(9));
        pass();
        assertEquals(List.of(), done);
        refused("request.state", () -> desk.refuse(2, user("bob"), null));
        refused("request.state", () -> desk.confirm(1, user("bob"), null));
        refused("request.unknown", () -> desk.confirm(3, user("bob"), null));
    }

    @Test
    void expiresWhereNobodyConfirms() throws Exception {
        desk.change(TWO);
        desk.ask(DELETE, user("ann"), "");
        lobby.later(Duration.ofDays(7));
        refused("request.state", () -> desk.confirm(1, user("bob"), null));
        pass();
        assertEquals(Request.State.EXPIRED, state(1));
        assertEquals("expired", lobby.log.page(Long.MAX_VALUE, 1).getFirst().outcome());
        assertEquals(List.of(), done);
    }

    @Test
    void goesByTheRightsThatBothHaveThen() throws Exception {
        desk.change(TWO);
        for (String gone : List.of("ann", "bob")) {
            Request asked = desk.ask(new Order("x", gone, gone), user("ann"), "");
            desk.confirm(asked.number(), user("bob"), null);
            lobby.later(DAY);
            lobby.user("zoe" + gone, Role.ADMIN);
            lobby.users.change(new UserName(gone), gone.equals("ann") ? new Users.Change(null, null, true, null) : new Users.Change(Role.OPERATOR, null, null, null));
            pass();
            assertEquals(Request.State.FAILED, state(asked.number()), gone);
            assertTrue(desk.get(asked.number()).why().startsWith("user " + gone), desk.get(asked.number())::why);
            lobby.users.change(new UserName("ann"), new Users.Change(null, null, false, null));
        }
        assertEquals(List.of(), done);
    }

    @Test
    void tellsWhatCameOfItOnceAndOnlyWhoAsked() throws Exception {
        desk.change(TWO);
        desk.ask(DELETE, user("ann"), "");
        desk.confirm(1, user("bob"), null);
        refused("answer.unknown", () -> desk.answer(1, user("ann")));
        lobby.later(DAY);
        pass();
        assertFalse(desk.get(1).answer().contains("answer"));
        refused("request.denied", () -> desk.answer(1, user("bob")));
        assertEquals("the answer", desk.answer(1, user("ann")));
        refused("answer.unknown", () -> desk.answer(1, user("ann")));
        assertEquals(Request.State.DONE, state(1));
    }

    @Test
    void isOneRequestHoweverOftenItIsAsked() throws Exception {
        desk.change(TWO);
        Request first = desk.ask(DELETE, user("ann"), "");
        assertEquals(first, desk.ask(DELETE, user("ann"), ""));
        assertEquals(2, desk.ask(DELETE, user("bob"), "").number());
        assertNotEquals(first.hash(), desk.ask(new Order(DELETE.operation(), "other", "{}"), user("ann"), "").hash());
        refused("request.changed", () -> desk.confirm(1, user("bob"), "00"));
        for (int i = 3; i < 99; i++) {
            desk.ask(new Order("x", "" + i, "" + i), user(i < 51 ? "ann" : "bob"), "");
        }
        // one does not keep the others from asking
        refused("request.busy", () -> desk.ask(new Order("x", "", "one more"), user("ann"), ""));
        desk.ask(new Order("x", "", "one more"), user("eve"), "");
        refused("request.busy", () -> desk.ask(new Order("x", "", "another"), user("eve"), ""));
    }

    @Test
    void failsWithWhyWhereItCannotBeDone() throws Exception {
        desk.change(new Rule(1, Duration.ZERO));
        desk.ask(DELETE, user("ann"), "");
        desk.due().pass((request, order, by, again) -> new Outcome("pool.used", "pool default is used", null));
        assertEquals("pool default is used", desk.get(1).why());
        desk.ask(DELETE, user("ann"), "");
        desk.due().pass((request, order, by, again) -> {
            throw new IllegalStateException("of ours");
        });
        assertEquals(Request.State.FAILED, state(2));
        assertEquals(List.of("bug", "pool.used"), lobby.log.page(Long.MAX_VALUE, 2).stream().map(AuditEntry::outcome).toList());
    }

    @ParameterizedTest
    @CsvSource({"token puppet, false", "token nobody-knows, false", "token of-eve, true"})
    void remembersWhatATokenDidThatIsRevokedSince(String who, boolean may) throws Exception {
        token("of-ann", user("ann"));
        token("puppet", caller("token of-ann"));
        token("of-eve", Lobby.HOME);
        lobby.log.add(new AuditLog.Act(who, "", "POST users", "users/bob", "done"));
        lobby.tokens.revoke(new TokenName("of-ann"));
        lobby.tokens.revoke(new TokenName("of-eve"));
        desk.change(TWO);
        desk.ask(DELETE, user("ann"), "");
        if (may) {
            desk.confirm(1, user("bob"), null);
        } else {
            refused("request.denied", () -> desk.confirm(1, user("bob"), null));
        }
    }

    @Test
    void countsWhoseLastPasskeyTheOtherTook() throws Exception {
        lobby.log.add(new AuditLog.Act("user ann", "", "DELETE users/{user}/passkeys/{passkey}", "bob/0123456789abcdef", "done"));
        desk.change(TWO);
        desk.ask(DELETE, user("ann"), "");
        refused("request.denied", () -> desk.confirm(1, user("bob"), null));
    }

    @Test
    void endsWithWhoAskedForItOrConfirmedItWhenHeIsDeleted() throws Exception {
        lobby.user("zoe", Role.ADMIN);
        lobby.user("carl", Role.ADMIN);
        desk.change(TWO);
        token("of-ann", user("ann"));
        desk.ask(DELETE, user("ann"), "");
        desk.ask(DELETE, caller("token of-ann"), "");
        desk.ask(DELETE, user("bob"), "");
        desk.confirm(3, user("ann"), null);
        desk.ask(DELETE, user("zoe"), "");
        desk.confirm(4, user("bob"), null);
        desk.ask(new Order("x", "answered", "y"), user("ann"), "");
        desk.confirm(5, user("bob"), null);
        lobby.later(DAY);
        desk.due().pass((request, order, by, again) -> request.number() == 5 ? perform(request, order, by, again) : new Outcome("x", null, null, true));
        assertEquals(Request.State.DONE, state(5));
        lobby.users.delete(Lobby.ANN);
        assertEquals(List.of(Request.State.REFUSED, Request.State.REFUSED, Request.State.REFUSED, Request.State.CONFIRMED, Request.State.DONE),
                desk.list(false).stream().map(Request::state).toList());
        assertEquals("user ann, who asked for it, was deleted", desk.get(1).why());
        assertEquals("user ann, who confirmed it, was deleted", desk.get(3).why());
        lobby.user("ann", Role.ADMIN);
        refused("answer.unknown", () -> desk.answer(5, user("ann")));
        pass();
        assertEquals(List.of("5 user ann y"), done);
    }

    @Test
    void keepsNoAnswerForWhoIsDeletedWhileItIsCarriedOut() throws Exception {
        desk.change(new Rule(1, Duration.ZERO));
        desk.ask(DELETE, user("ann"), "");
        desk.due().pass((request, order, by, again) -> {
            try {
                lobby.users.delete(Lobby.ANN);
            } catch (BackupException e) {
                throw new IllegalStateException(e);
            }
            return new Outcome("done", null, "the answer");
        });
        assertEquals(Request.State.DONE, state(1));
        assertNull(desk.get(1).answer());
    }
}
