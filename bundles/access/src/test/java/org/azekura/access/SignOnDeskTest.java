package org.azekura.access;

import static org.azekura.access.Lobby.ANN;
import static org.azekura.access.Lobby.HERE;
import static org.azekura.access.Lobby.PASSWORD;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.access.sso.Provider;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Entry;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Role;
import org.azekura.api.access.Session;
import org.azekura.api.access.SingleSignOn;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.azekura.api.catalog.SignOn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignOnDeskTest {

    private static final Passkeys.Site SITE = new Passkeys.Site("vault.example", 8443);
    private static final SignOn.Grant ADMINS = new SignOn.Grant("backup-admins", Role.ADMIN, Set.of());
    private static final SignOn.Grant WEB = new SignOn.Grant("web team", Role.RESTORER, Set.of(new ClientName("web")));

    @TempDir
    Path home;
    private Lobby lobby;
    private FakeProvider provider;

    @BeforeEach
    void open() throws Exception {
        lobby = new Lobby(home);
        provider = new FakeProvider();
        set(Set.of(), true);
    }

    @AfterEach
    void close() {
        provider.close();
        lobby.close();
    }

    private void set(Set<String> domains, boolean passwords) throws Exception {
        lobby.signOn.set(new SignOn("Example Inc.", provider.issuer, "azekura", "s3cret", List.of("email", "groups"), "groups", List.of(WEB, ADMINS), domains, passwords));
    }

    private Entry login() throws Exception {
        SingleSignOn.Begun begun = lobby.signOn.begin(SITE, HERE);
        return lobby.signOn.finish(begun.secret(), new SingleSignOn.Return("code", provider.arrives(begun.address()), null, null), HERE);
    }

    private Session opened() throws Exception {
        return assertInstanceOf(Entry.Opened.class, login()).session();
    }

    private void assertNotLetIn(String why) throws Exception {
        assertEquals(new Entry.Refused(why), login());
    }

    @Test
    void makesAUserAtTheFirstLoginAndKnowsHimAgain() throws Exception {
        lobby.factorForAdmins = true;
        Session session = opened();
        assertEquals("user ann.example", session.caller().name());
        assertEquals(Role.ADMIN, session.caller().role());
        assertEquals(Session.Duty.NONE, session.duty());
        provider.said.put("preferred_username", "renamed");
        assertEquals("user ann.example", opened().caller().name());
        provider.said.put("sub", "4712");
        assertEquals("user renamed", opened().caller().name());
        assertInstanceOf(Entry.Refused.class, lobby.login("renamed", "none"));
        assertInstanceOf(Entry.Refused.class, lobby.login("renamed", PASSWORD));
    }

    @Test
    void sendsTheBrowserWithAllThatBindsTheAnswerToIt() throws Exception {
        SingleSignOn.Begun begun = lobby.signOn.begin(SITE, HERE);
        provider.arrives(begun.address());
        assertTrue(begun.address().toString().startsWith(provider.issuer + "/auth?"));
        assertEquals("https://vault.example:8443/sso", provider.login("redirect_uri"));
        assertEquals("openid email groups", provider.login("scope"));
        assertEquals("S256", provider.login("code_challenge_method"));
        assertTrue(provider.login("state").length() >= 43 && provider.login("nonce").length() >= 43);
        lobby.signOn.finish(begun.secret(), new SingleSignOn.Return("c0de", provider.login("state"), null, null), HERE);
        assertEquals("c0de", provider.asked.get("code"));
        assertEquals(provider.login("code_challenge"), Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.hash(provider.asked.get("code_verifier"))));
        assertTrue(provider.authorization.startsWith("Basic "));
    }

    @Test
    void takesOverNobodyOfTheSameName() throws Exception {
        lobby.user("ann.example", Role.AUDITOR);
        Session session = opened();
        assertTrue(session.caller().name().matches("user ann\\.example-[0-9a-f]{16}"), session.caller().name());
        assertEquals(Role.AUDITOR, lobby.users.get(new UserName("ann.example")).role());
        assertEquals(session.caller().name(), opened().caller().name());
        for (String odd : List.of("", "..", "山田", "ADMIN@example.com", "x".repeat(300), "a b/../c")) {
            provider.said.put("preferred_username", odd);
            provider.said.put("sub", "of " + odd);
            opened();
        }
    }

    @Test
    void doesWhatTheGroupsSayAtEachLogin() throws Exception {
        Session admin = opened();
        provider.said.put("groups", List.of("web team"));
        Session restorer = opened();
        assertEquals(Role.RESTORER, restorer.caller().role());
        assertEquals(Set.of(new ClientName("web")), restorer.caller().clients());
        assertEquals(List.of(restorer.id()), lobby.sessions.list(admin.caller().name()).stream().map(Session::id).toList());
        provider.said.put("groups", "backup-admins");
        assertEquals(Role.ADMIN, opened().caller().role());
        provider.said.put("groups", List.of("staff"));
        assertNotLetIn("sso.role");
        provider.said.remove("groups");
        assertNotLetIn("sso.role");
    }

    @Test
    void keepsOutWhoIsDisabledHere() throws Exception {
        lobby.user("bob", Role.ADMIN);
        UserName name = opened().caller().user().orElseThrow();
        lobby.users.change(name, new Users.Change(null, null, true, null));
        assertNotLetIn("user.disabled");
    }

    @Test
    void asksForAnAddressThatTheProviderHasMadeSureOf() throws Exception {
        set(Set.of("example.com"), true);
        assertNotLetIn("sso.email");
        provider.said.put("email", "ann@example.com");
        assertNotLetIn("sso.email");
        provider.said.put("email_verified", true);
        opened();
        provider.said.put("email", "ann@evil.example.com");
        assertNotLetIn("sso.email");
    }

    @Test
    void believesNoTokenThatDoesNotHold() throws Exception {
        provider.forges = true;
        assertNotLetIn("sso.signature");
        provider.forges = false;
        provider.lies = token -> token.audience("another");
        assertNotLetIn("sso.audience");
        provider.lies = token -> token.issuer("https://evil.example");
        assertNotLetIn("sso.issuer");
        provider.lies = token -> token.expirationTime(Date.from(Instant.now().minusSeconds(600)));
        assertNotLetIn("sso.expired");
        lobby.later(Duration.ofHours(2));
        provider.lies = token -> token.claim("nonce", "another");
        assertNotLetIn("sso.nonce");
        provider.lies = token -> token.subject(null);
        assertNotLetIn("sso.token");
        assertEquals(List.of(), lobby.users.list());
    }

    @Test
    void takesAnAnswerOnceAndOfTheBrowserThatBegan() throws Exception {
        SingleSignOn.Begun begun = lobby.signOn.begin(SITE, HERE);
        SingleSignOn.Return answer = new SingleSignOn.Return("code", provider.arrives(begun.address()), null, null);
        SingleSignOn.Begun other = lobby.signOn.begin(SITE, HERE);
        assertEquals(new Entry.Refused("sso.state"), lobby.signOn.finish(null, answer, HERE));
        assertEquals(new Entry.Refused("sso.state"), lobby.signOn.finish(other.secret(), answer, HERE));
        assertInstanceOf(Entry.Opened.class, lobby.signOn.finish(begun.secret(), answer, HERE));
        assertEquals(new Entry.Refused("sso.state"), lobby.signOn.finish(begun.secret(), answer, HERE));
        SingleSignOn.Begun late = lobby.signOn.begin(SITE, HERE);
        lobby.later(Duration.ofMinutes(6));
        assertEquals(new Entry.Refused("sso.state"), lobby.signOn.finish(late.secret(), new SingleSignOn.Return("code", provider.arrives(late.address()), null, null), HERE));
    }

    @Test
    void refusesWhatTheProviderRefusesOrAnotherOneSays() throws Exception {
        SingleSignOn.Begun begun = lobby.signOn.begin(SITE, HERE);
        String state = provider.arrives(begun.address());
        assertEquals(new Entry.Refused("sso.denied"), lobby.signOn.finish(begun.secret(), new SingleSignOn.Return(null, state, null, "access_denied"), HERE));
        SingleSignOn.Begun mixed = lobby.signOn.begin(SITE, HERE);
        assertEquals(new Entry.Refused("sso.issuer"),
                lobby.signOn.finish(mixed.secret(), new SingleSignOn.Return("code", provider.arrives(mixed.address()), "https://evil.example", null), HERE));
        provider.confirmsIssuer = true;
        set(Set.of("example.com"), true);
        assertNotLetIn("sso.issuer");
    }

    @Test
    void saysWhoDoesNotAnswer() throws Exception {
        SingleSignOn.Begun begun = lobby.signOn.begin(SITE, HERE);
        String state = provider.arrives(begun.address());
        assertEquals(new SingleSignOn.Found(URI.create(provider.issuer + "/auth"), URI.create(provider.issuer + "/token"), 1, true), lobby.signOn.test());
        provider.close();
        assertEquals(new Entry.Refused("sso.unreachable"), lobby.signOn.finish(begun.secret(), new SingleSignOn.Return("code", state, null, null), HERE));
        assertRefused("sso.unreachable", lobby.signOn::test);
        lobby.later(Duration.ofHours(2));
        assertRefused("sso.unreachable", () -> lobby.signOn.begin(SITE, HERE));
    }

    @Test
    void holdsUpAnAddressThatTriesTooOften() throws Exception {
        provider.forges = true;
        for (int i = 0; i < 20; i++) {
            assertNotLetIn("sso.signature");
        }
        assertInstanceOf(Entry.TooOften.class, login());
        provider.forges = false;
        lobby.later(Duration.ofMinutes(1));
        opened();
    }

    @Test
    void sealsItsSecretAndSendsItToNoOtherProvider() throws Exception {
        SignOn kept = lobby.signOn.show().orElseThrow();
        assertFalse(kept.secret().contains("s3cret"));
        SignOn same = lobby.signOn.set(new SignOn("New", provider.issuer, "azekura", null, List.of(), "groups", List.of(ADMINS), Set.of(), true));
        assertEquals(kept.secret(), same.secret());
        SignOn other = lobby.signOn.set(new SignOn("New", "https://id.example", "azekura", null, List.of(), "groups", List.of(ADMINS), Set.of(), true));
        assertEquals(null, other.secret());
        assertNotEquals(kept, lobby.signOn.remove());
        assertRefused("sso.unknown", lobby.signOn::remove);
        assertRefused("sso.unknown", () -> lobby.signOn.begin(SITE, HERE));
    }

    @Test
    void mayBeTheOnlyWayInButForTheHome() throws Exception {
        lobby.user("ann", Role.ADMIN);
        set(Set.of(), false);
        assertEquals(new Entry.Refused("access.passwords"), lobby.login("ann", PASSWORD));
        opened();
        lobby.sessions.open(Lobby.HOME, HERE);
        lobby.signOn.remove();
        lobby.opened("ann");
    }

    @Test
    void whoComesByItHasNoPasskeyBesideIt() throws Exception {
        assertRefused("passkey.user", () -> lobby.passkeys.wish(opened(), null, SITE));
    }

    @Test
    void leavesTheProviderToo() throws Exception {
        UserName name = opened().caller().user().orElseThrow();
        String leave = lobby.signOn.leave(name, SITE).orElseThrow().toString();
        assertTrue(leave.startsWith(provider.issuer + "/end?") && leave.contains("client_id=azekura") && leave.contains("vault.example%3A8443%2F"), leave);
        lobby.user("ann", Role.ADMIN);
        assertEquals(Optional.empty(), lobby.signOn.leave(ANN, SITE));
    }

    @Test
    void takesNoSettingsThatCannotWork() throws Exception {
        SignOn good = lobby.signOn.show().orElseThrow();
        for (String issuer : List.of("http://id.example", "id.example", "ftp://id.example", "https://id.example?x", "https://id.example#x", "", "https://", "http://127.0.0.1.evil.example")) {
            assertRefused("sso.invalid", () -> lobby.signOn.set(new SignOn("a", issuer, "c", null, List.of(), "groups", List.of(ADMINS), Set.of(), true)));
        }
        assertRefused("sso.invalid", () -> lobby.signOn.set(new SignOn("a", "https://id.example", "c", null, List.of(), "groups", List.of(), Set.of(), true)));
        assertRefused("sso.invalid", () -> lobby.signOn.set(new SignOn("a", "https://id.example", "c", null, List.of("a b"), "groups", List.of(ADMINS), Set.of(), true)));
        assertRefused("sso.invalid", () -> lobby.signOn.set(new SignOn("a", "https://id.example", "c", null, List.of(), "groups", List.of(ADMINS), Set.of("@x"), true)));
        assertRefused("sso.invalid", () -> lobby.signOn.set(new SignOn(" ", "https://id.example", "c", null, List.of(), "groups", List.of(ADMINS), Set.of(), true)));
        assertRefused("role.invalid", () -> lobby.signOn.set(new SignOn("a", "https://id.example", "c", null, List.of(), "groups",
                List.of(new SignOn.Grant("x", Role.RESTORER, Set.of())), Set.of(), true)));
        assertEquals(good, lobby.signOn.show().orElseThrow());
    }

    @Test
    void takesNoNameThatSomebodyHadWhoIsGone() throws Exception {
        lobby.user("ann.example", Role.OPERATOR);
        lobby.user("zoe", Role.ADMIN);
        lobby.users.delete(new UserName("ann.example"));
        String name = opened().caller().name();
        assertTrue(name.matches("user ann\\.example-[0-9a-f]{16}"), name);
        lobby.users.delete(new UserName(name.substring(5)));
        assertEquals(name, opened().caller().name(), "it is the same person");
    }

    @Test
    void endsTheTokensOfWhomTheProviderMakesLess() throws Exception {
        for (List<String> groups : List.of(List.of("web team"), List.of("staff"))) {
            provider.said.put("groups", "backup-admins");
            Session admin = opened();
            TokenName made = new TokenName("of-" + groups.getFirst().substring(0, 3));
            String secret = lobby.tokens.create(new Tokens.Wanted(made, Role.ADMIN, Set.of(), null), admin.caller()).secret();
            Entry.Opened of = lobby.sessions.open(lobby.tokens.find(secret).orElseThrow(), HERE);
            provider.said.put("groups", groups);
            Entry entry = login();
            assertEquals(Optional.empty(), lobby.tokens.find(secret));
            assertEquals(Optional.empty(), lobby.sessions.find(of.secret()));
            assertEquals(entry instanceof Entry.Opened ? 1 : 0, lobby.sessions.list(admin.caller().name()).size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint"})
    void takesNoProviderThatSaysSomethingInClear(String endpoint) {
        for (String address : List.of("http://id.example/x", "http://127.0.0.1.evil.example/x", "ftp://id.example/x", "https://u:p@id.example/x")) {
            provider.described.put(endpoint, address);
            BackupException why = assertThrows(BackupException.class, lobby.signOn::test);
            assertEquals("sso.issuer", why.failure().code());
            assertTrue(why.getMessage().contains(endpoint) && why.getMessage().contains(address), why.getMessage());
        }
    }

    @Test
    void asksNothingOnThisMachineUnlessThatIsPermitted() throws Exception {
        opened();
        lobby.localProvider = false;
        assertRefused("sso.issuer", () -> lobby.signOn.begin(SITE, HERE));
        for (String issuer : List.of(provider.issuer, "https://127.0.0.1:1", "https://localhost/x", "https://[::1]/x", "https://169.254.169.254/latest")) {
            BackupException why = assertThrows(BackupException.class, () -> Provider.discover(issuer, "azekura", null, false));
            assertTrue(why.failure().code().equals(issuer.startsWith("https") ? "sso.local" : "sso.issuer"), issuer + ": " + why.getMessage());
            BackupException refused = assertThrows(BackupException.class, () -> lobby.signOn.set(new SignOn("a", issuer, "c", null, List.of(), "groups", List.of(ADMINS), Set.of(), true)));
            assertTrue(refused.getMessage().contains("localProvider"), refused.getMessage());
        }
    }

    @Test
    void followsNoProviderElsewhere() throws Exception {
        provider.elsewhere = URI.create(provider.issuer + "/.well-known/another");
        assertRefused("sso.unreachable", lobby.signOn::test);
        provider.elsewhere = null;
        provider.described.put("jwks_uri", provider.issuer + "/moved");
        assertRefused("sso.unreachable", lobby.signOn::test);
    }
}
