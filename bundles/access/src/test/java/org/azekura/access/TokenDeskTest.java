package org.azekura.access;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Caller;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Role;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.CatalogStore;
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

    private Tokens.Made make(String name, Caller by) throws Exception {
        return lobby.tokens.create(new Tokens.Wanted(new TokenName(name), Role.ADMIN, Set.of(), null), by);
    }

    private static Caller token(String name) {
        return Caller.of(new TokenName(name), Role.ADMIN, Set.of());
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
            String number = "-" + ends.indexOf(end);
            String secret = make("report" + number, ANN).secret();
            Entry.Opened session = lobby.sessions.open(lobby.tokens.find(secret).orElseThrow(), Lobby.HERE);
            String anothers = lobby.tokens.create(new Tokens.Wanted(new TokenName("other" + number), Role.AUDITOR, Set.of(), null), new Caller("user bob", Role.ADMIN, Set.of())).secret();
            end.of(Lobby.ANN);
            assertEquals(Optional.empty(), lobby.tokens.find(secret));
            assertEquals(Optional.empty(), lobby.sessions.find(session.secret()));
            assertRefused("token.denied", () -> make(null));
            assertTrue(lobby.tokens.find(anothers).isPresent());
            lobby.tokens.revoke(new TokenName("other" + number));
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

    @Test
    void endsWithWhatItWasMadeByOverAnyNumberOfTokens() throws Exception {
        make("first", ANN);
        make("second", token("first"));
        String third = make("third", token("second")).secret();
        make("beside", ANN);
        make("of-home", Lobby.HOME);
        Entry.Opened session = lobby.sessions.open(lobby.tokens.find(third).orElseThrow(), Lobby.HERE);
        lobby.tokens.revoke(new TokenName("first"));
        assertEquals(List.of("beside", "of-home"), names());
        assertEquals(Optional.empty(), lobby.tokens.find(third));
        assertEquals(Optional.empty(), lobby.sessions.find(session.secret()));
        make("deep", token("beside"));
        lobby.users.delete(Lobby.ANN);
        assertEquals(List.of("of-home"), names());
    }

    private List<String> names() throws Exception {
        return lobby.tokens.list().stream().map(token -> token.name().value()).sorted().toList();
    }

    @Test
    void endsAlsoWhereTokensHaveMadeEachOtherInACircle() throws Exception {
        lobby.door.catalog().write(edit -> {
            for (String[] each : new String[][] {{"a", "token c"}, {"b", "token a"}, {"c", "token b"}, {"self", "token self"}}) {
                edit.putToken(new ApiToken(new TokenName(each[0]), Role.ADMIN, Set.of(), Secrets.hash(each[0]), lobby.now, each[1], null, null));
            }
            return null;
        });
        lobby.tokens.revoke(new TokenName("b"));
        assertEquals(List.of("self"), names());
        lobby.tokens.revoke(new TokenName("self"));
        assertEquals(List.of(), names());
    }

    @Test
    void isNeverCalledAsOneBefore() throws Exception {
        make("ci", ANN);
        make("of-ci", token("ci"));
        lobby.tokens.revoke(new TokenName("ci"));
        for (String gone : List.of("ci", "of-ci")) {
            BackupException why = assertThrows(BackupException.class, () -> make(gone, ANN));
            assertEquals("token.used", why.failure().code());
            assertTrue(why.getMessage().contains("no name is given twice") && why.getMessage().contains(gone + "-2"), why.getMessage());
        }
        make("ci-2", ANN);
    }

    @Test
    void isNotMadeByOneThatIsRevokedMeanwhile() throws Exception {
        make("maker", ANN);
        lobby.tokens.revoke(new TokenName("maker"));
        assertRefused("token.denied", () -> make("late", token("maker")));
    }

    @Test
    void opensNoSessionBehindItsEnd() throws Exception {
        make("short", ANN);
        Caller caller = token("short");
        // another revokes it as soon as somebody has looked whether it is there
        CatalogStore racing = new CatalogStore() {
            @Override
            public <T> T read(Query<T> read) throws BackupException {
                T found = lobby.door.catalog().read(read);
                lobby.tokens.revoke(new TokenName("short"));
                return found;
            }

            @Override
            public <T> T write(Change<T> write) throws BackupException {
                return lobby.door.catalog().write(write);
            }
        };
        SessionDesk desk = new SessionDesk(racing, lobby, lobby.passwords, lobby.gate, lobby.open, new TokenDesk(racing, lobby, lobby.secrets, lobby.open), null, () -> false);
        Entry.Opened opened = desk.open(caller, Lobby.HERE);
        assertTrue(lobby.tokens.list().isEmpty() ? lobby.sessions.find(opened.secret()).isEmpty() : lobby.sessions.find(opened.secret()).isPresent());
    }
}
