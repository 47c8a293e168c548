package org.azekura.access;

import static org.azekura.access.Lobby.ANN;
import static org.azekura.access.Lobby.PASSWORD;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserDeskTest {

    private static final UserName BOB = new UserName("bob");

    @TempDir
    Path home;
    private Lobby lobby;

    @BeforeEach
    void open() throws Exception {
        lobby = new Lobby(home);
        lobby.client("web");
        lobby.client("web1");
    }

    @AfterEach
    void close() {
        lobby.close();
    }

    @Test
    void makesTheFirstAdminWithARandomPasswordThatIsShownOnce() throws Exception {
        FirstAdmin first = new FirstAdmin(lobby.users, home);
        first.ensure();
        String password = first.get();
        assertTrue(password.matches("([a-z2-9]{5}-){3}[a-z2-9]{5}"), password);
        assertNull(first.get());
        assertEquals(Session.Duty.PASSWORD, ((Entry.Opened) lobby.login("admin", password)).session().duty());
        FirstAdmin next = new FirstAdmin(lobby.users, home);
        next.ensure();
        assertNull(next.get(), "there is somebody already");
        assertEquals(1, lobby.users.list().size());
    }

    @Test
    void knowsWhetherTheFirstPasswordStillOpensSomething() throws Exception {
        FirstAdmin first = new FirstAdmin(lobby.users, home);
        first.ensure();
        assertFalse(first.getAsBoolean());
        Session session = ((Entry.Opened) lobby.login("admin", first.get())).session();
        assertFalse(first.getAsBoolean(), "he has logged in, and has no password of his own");
        assertEquals(Session.Duty.PASSWORD, session.duty());
        lobby.users.reset(FirstAdmin.NAME, PASSWORD);
        assertTrue(first.getAsBoolean());
    }

    @Test
    void takesTheFirstPasswordOfAFileThatIsGoneThen() throws Exception {
        Path file = Files.writeString(firstPassword(), "violet-harbour-71-lamps\n");
        FirstAdmin first = new FirstAdmin(lobby.users, home);
        first.ensure();
        assertNull(first.get(), "who has laid it there knows it");
        assertFalse(Files.exists(file));
        assertEquals(Session.Duty.PASSWORD, ((Entry.Opened) lobby.login("admin", "violet-harbour-71-lamps")).session().duty());
    }

    @Test
    void takesWhatTheFirstPasswordIsCheckedBy() throws Exception {
        Files.writeString(firstPassword(), "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4\n");
        new FirstAdmin(lobby.users, home).ensure();
        assertEquals(Session.Duty.NONE, ((Entry.Opened) lobby.login("admin", "password")).session().duty());
    }

    private Path firstPassword() throws IOException {
        Path file = home.resolve(FirstAdmin.FILE);
        Files.createDirectories(file.getParent());
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "$6$salt$hash", ""})
    void showsOneForOnceWhereThatOfTheFileCantBeTaken(String wrong) throws Exception {
        Path file = Files.writeString(firstPassword(), wrong);
        FirstAdmin first = new FirstAdmin(lobby.users, home);
        first.ensure();
        assertTrue(first.refused().startsWith(wrong.startsWith("$") ? "what a password is checked by" : "a password has 12 to 200 characters"), first::refused);
        assertEquals(Session.Duty.PASSWORD, ((Entry.Opened) lobby.login("admin", first.get())).session().duty());
        assertFalse(Files.exists(file));
    }

    @Test
    void keepsNoPasswordAndNoTokenInAnyFile() throws Exception {
        lobby.user("ann", Role.ADMIN);
        String once = lobby.users.reset(ANN, null).password();
        String token = lobby.tokens.create(new Tokens.Wanted(new TokenName("t"), Role.ADMIN, Set.of(), null),
                Lobby.HOME).secret();
        String session = ((Entry.Opened) lobby.login("ann", once)).secret();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (String secret : List.of(PASSWORD, once, token, session)) {
                    assertFalse(bytes.contains(secret), file + " has a secret in it");
                }
            }
        }
    }

    @Test
    void makesAUserOnce() throws Exception {
        Users.Made made = lobby.users.create(new Users.Wanted(BOB, Role.RESTORER, Set.of(new ClientName("web")), PASSWORD));
        assertNull(made.password());
        assertFalse(made.user().once());
        assertEquals(List.of(BOB), lobby.users.list().stream().map(user -> user.name()).toList());
        assertRefused("user.exists", () -> lobby.users.create(new Users.Wanted(BOB, Role.ADMIN, Set.of(), null)));
        assertRefused("password.invalid", () -> lobby.users.create(new Users.Wanted(ANN, Role.ADMIN, Set.of(), "admin")));
        assertRefused("role.invalid", () -> lobby.users.create(new Users.Wanted(ANN, Role.RESTORER, Set.of(), null)));
        assertRefused("client.unknown", () -> lobby.users.create(new Users.Wanted(ANN, Role.RESTORER, Set.of(new ClientName("nosuch")), null)));
        assertRefused("client.unknown", () -> lobby.users.change(BOB, new Users.Change(null, Set.of(new ClientName("nosuch")), null, null)));
        assertRefused("user.unknown", () -> lobby.users.get(ANN));
    }

    @Test
    void theLastAdminCannotGo() throws Exception {
        lobby.user("ann", Role.ADMIN);
        lobby.user("bob", Role.ADMIN);
        lobby.users.change(BOB, new Users.Change(null, null, true, null));
        assertRefused("user.last", () -> lobby.users.delete(ANN));
        assertRefused("user.last", () -> lobby.users.change(ANN, new Users.Change(null, null, true, null)));
        assertRefused("user.last", () -> lobby.users.change(ANN, new Users.Change(Role.AUDITOR, null, null, null)));
        assertRefused("user.last", () -> lobby.users.change(ANN, new Users.Change(null, Set.of(new ClientName("web1")), null, null)));
        assertEquals(Role.ADMIN, lobby.users.get(ANN).role());
        lobby.users.change(BOB, new Users.Change(null, null, false, null));
        lobby.users.delete(ANN);
        assertRefused("user.last", () -> lobby.users.delete(BOB));
    }

    @Test
    void whatIsChangedEndsHisSessions() throws Exception {
        lobby.user("ann", Role.ADMIN);
        lobby.user("bob", Role.ADMIN);
        Entry.Opened bob = lobby.opened("bob");
        Entry.Opened ann = lobby.opened("ann");
        assertEquals(Role.AUDITOR, lobby.users.change(BOB, new Users.Change(Role.AUDITOR, null, null, null)).role());
        assertEquals(Optional.empty(), lobby.sessions.find(bob.secret()));
        assertTrue(lobby.sessions.find(ann.secret()).isPresent());
        bob = lobby.opened("bob");
        assertEquals(Role.AUDITOR, bob.session().caller().role());
        lobby.users.reset(BOB, "another good password");
        assertEquals(Optional.empty(), lobby.sessions.find(bob.secret()));
        assertInstanceOf(Entry.Refused.class, lobby.login("bob", PASSWORD));
        bob = (Entry.Opened) lobby.login("bob", "another good password");
        lobby.users.delete(BOB);
        assertEquals(Optional.empty(), lobby.sessions.find(bob.secret()));
    }
}
