package org.azekura.access;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Role;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenDeskTest {

    private static final TokenName REPORT = new TokenName("report");
    private static final Caller ANN = new Caller("user ann", Role.ADMIN, Set.of());

    @TempDir
    Path home;
    private Lobby lobby;

    @BeforeEach
    void open() throws Exception {
        lobby = new Lobby(home);
        lobby.client("web");
        lobby.user("ann", Role.ADMIN);
        lobby.user("bob", Role.ADMIN);
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    private Tokens.Made make(Duration lasts) throws Exception {
        return lobby.tokens.create(new Tokens.Wanted(REPORT, Role.RESTORER, Set.of(new ClientName("web")), lasts), ANN);
    }

    @Test
    void isWhoItSaysUntilItExpires() throws Exception {
        Tokens.Made made = make(Duration.ofDays(1));
        assertTrue(made.secret().matches("azk_[A-Za-z0-9_-]{43}"), made.secret());
        assertEquals("user ann", made.token().by());
        assertEquals(Optional.of(new Caller("token report", Role.RESTORER, Set.of(new ClientName("web")))), lobby.tokens.find(made.secret()));
        for (String wrong : new String[] {"", made.secret() + "x", made.secret().substring(1), "x".repeat(100_000)}) {
            assertEquals(Optional.empty(), lobby.tokens.find(wrong));
        }
        lobby.later(Duration.ofDays(1));
        assertEquals(Optional.empty(), lobby.tokens.find(made.secret()));
        assertEquals(1, lobby.tokens.list().size(), "it is listed still");
    }

    @Test
    void remembersWhenItWasUsedToTheMinute() throws Exception {
        String secret = make(null).secret();
        lobby.tokens.find(secret);
        var first = lobby.now;
        lobby.later(Duration.ofSeconds(30));
        lobby.tokens.find(secret);
        assertEquals(first, lobby.tokens.list().getFirst().used());
        lobby.later(Duration.ofSeconds(31));
        lobby.tokens.find(secret);
        assertEquals(lobby.now, lobby.tokens.list().getFirst().used());
    }

    /** How somebody ends who says who may what. */
    private interface End {
        void of(UserName user) throws Exception;
    }

    @Test
    void endsWithWhoMadeIt() throws Exception {
        List<End> ends = List.of(ann -> lobby.users.change(ann, new Users.Change(null, null, true, null)),
                ann -> lobby.users.change(ann, new Users.Change(Role.OPERATOR, null, null, null)),
                ann -> lobby.users.change(ann, new Users.Change(null, Set.of(new ClientName("web")), null, null)), lobby.users::delete);
        for (End end : ends) {
            String secret = make(null).secret();
            Entry.Opened session = lobby.sessions.open(lobby.tokens.find(secret).orElseThrow(), Lobby.HERE);
            String anothers = lobby.tokens.create(new Tokens.Wanted(new TokenName("other"), Role.AUDITOR, Set.of(), null), new Caller("user bob", Role.ADMIN, Set.of())).secret();
            end.of(Lobby.ANN);
            assertEquals(Optional.empty(), lobby.tokens.find(secret));
            assertEquals(Optional.empty(), lobby.sessions.find(session.secret()));
            assertRefused("token.denied", () -> make(null));
            assertTrue(lobby.tokens.find(anothers).isPresent());
            lobby.tokens.revoke(new TokenName("other"));
            if (lobby.users.list().size() == 2) {
                lobby.users.change(Lobby.ANN, new Users.Change(Role.ADMIN, Set.of(), false, null));
            }
        }
        assertEquals(List.of(), lobby.tokens.list());
    }

    @Test
    void isOfClientsThatAreThere() {
        assertRefused("client.unknown", () -> lobby.tokens.create(new Tokens.Wanted(REPORT, Role.RESTORER, Set.of(new ClientName("wbe")), null), Lobby.HOME));
    }

    @Test
    void opensNothingOnceItIsRevoked() throws Exception {
        String secret = make(null).secret();
        assertRefused("token.exists", () -> make(null));
        lobby.tokens.revoke(REPORT);
        assertEquals(Optional.empty(), lobby.tokens.find(secret));
        assertRefused("token.unknown", () -> lobby.tokens.revoke(REPORT));
        assertRefused("role.invalid", () -> lobby.tokens.create(new Tokens.Wanted(REPORT, Role.RESTORER, Set.of(), null), ANN));
    }
}
