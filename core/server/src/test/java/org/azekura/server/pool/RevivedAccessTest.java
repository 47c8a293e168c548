package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.TargetName;
import org.azekura.api.TokenName;
import org.azekura.api.UserName;
import org.azekura.api.access.Former;
import org.azekura.api.access.Requests.Rule;
import org.azekura.api.access.Role;
import org.azekura.api.catalog.ApiToken;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Identity;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.catalog.SecondFactor;
import org.azekura.api.catalog.SignOn;
import org.azekura.api.catalog.User;
import org.azekura.api.server.Appliance.Left;
import org.azekura.engine.volume.AccessItem;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.PrivateItem;
import org.azekura.server.host.Edition;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevivedAccessTest {

    private static final ClientName WEB = new ClientName("web");
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final SecondFactor FACTOR = new SecondFactor(true, "sealed secret", 7, Set.of("code"));

    @TempDir
    Path dir;

    private LostAndFound catalogs;

    @BeforeEach
    void open() throws Exception {
        catalogs = new LostAndFound(dir);
        catalogs.lost.write(edit -> {
            edit.putClient(Rows.client("web"));
            edit.putUser(new User(ALICE, Role.ADMIN, Set.of(), "hash of a password", false, false, FACTOR, Rows.TIME, Rows.TIME));
            edit.putUser(new User(BOB, Role.RESTORER, Set.of(WEB), "hash of a password", false, true, SecondFactor.NONE, Rows.TIME, null));
            edit.putToken(new ApiToken(new TokenName("nightly"), Role.OPERATOR, Set.of(), new byte[32], Rows.TIME, "user alice", null, null));
            Former.note(edit, "token old", Optional.empty());
            new Rule(1, Duration.ofHours(24)).put(edit);
            edit.putIdentity(new Identity("https://id", "sub", ALICE, "Alice", Rows.TIME));
            edit.putSignOn(new SignOn("Example Inc.", "https://id", "azekura", "sealed secret", List.of("groups"), "groups", List.of(new SignOn.Grant("admins", Role.ADMIN, Set.of()),
                    new SignOn.Grant("*", Role.RESTORER, Set.of(WEB))), Set.of("example.com"), false));
            edit.putNoticeTarget(target("ops", Map.of("password", "sealed secret")));
            edit.putNoticeTarget(target("open", Map.of()));
            edit.putSetting("site.node/n", "tokyo");
            KnownDevices.note(edit, Set.of(new NodeName("n")), List.of(new PrivateItem.DeviceBefore(new NodeName("n"), new DeviceName("cloud"), "s3",
                    new TreeMap<>(Map.of("bucket", "our bucket")), List.of("secretKey"))));
            return null;
        });
    }

    @AfterEach
    void close() {
        catalogs.close();
    }

    private static NoticeTarget target(String name, Map<String, String> secrets) {
        return new NoticeTarget(new TargetName(name), NoticeTarget.Kind.MAIL, true, "ja", new TreeMap<>(Map.of("host", "mail.example.com")), new TreeMap<>(secrets),
                new TreeMap<>(Map.of("severity", List.of("error", "warning"), "pool", List.of("far away"))), "22:00-07:00", Rows.TIME);
    }

    private List<Left> left() throws Exception {
        return catalogs.found.read(Leftovers::open);
    }

    @Test
    void usersComeBackWithoutPasswordAndFactorAndKeptOut() throws Exception {
        List<String> warnings = catalogs.rebuild().warnings();
        assertEquals(List.of(new User(ALICE, Role.ADMIN, Set.of(), User.NO_PASSWORD, false, true, SecondFactor.NONE.required(true), Rows.TIME, null),
                new User(BOB, Role.RESTORER, Set.of(WEB), User.NO_PASSWORD, false, true, SecondFactor.NONE, Rows.TIME, null)), catalogs.found.read(CatalogView::users));
        assertEquals(List.of("azekura user reset alice && azekura user change alice --enable"), left().stream().map(Left::command).toList(), "bob was disabled before");
        assertTrue(warnings.getFirst().startsWith("user alice (admin) is back without a password and kept out: azekura user reset alice"), warnings::toString);
        catalogs.found.write(edit -> {
            User alice = edit.user(ALICE).orElseThrow();
            edit.putUser(new User(ALICE, alice.role(), alice.clients(), "hash", true, false, alice.factor(), alice.made(), null));
            return null;
        });
        assertEquals(List.of(), left());
    }

    @Test
    void whoLostHisClientsDoesNotComeBackForAllOfThem() throws Exception {
        List<ConfigurationItem> account = List.of(new ConfigurationItem.Edition(5),
                new AccessItem.Account(BOB, "restorer", List.of(new ClientName("gone")), false, false, Rows.TIME),
                new AccessItem.Account(ALICE, "emperor", List.of(), false, false, Rows.TIME));
        List<String> warnings = catalogs.found.write(edit -> RevivedConfiguration.put(edit, List.of(LostAndFound.found(LostAndFound.MAIN, Rows.TIME, account)))).warnings();
        assertEquals(List.of(), catalogs.found.read(CatalogView::users));
        assertEquals(2, warnings.size(), warnings::toString);
    }

    @Test
    void noTokenComesBackAndNoNameIsGivenAgain() throws Exception {
        catalogs.rebuild();
        assertEquals(List.of(), catalogs.found.read(CatalogView::tokens));
        assertEquals("{token nightly=user alice, token old=}", catalogs.found.read(view -> new Former(view).all()).toString());
    }

    @Test
    void theStricterRuleHolds() throws Exception {
        catalogs.found.write(edit -> {
            new Rule(2, Duration.ofHours(1)).put(edit);
            return null;
        });
        catalogs.rebuild();
        assertEquals(new Rule(2, Duration.ofHours(24)), catalogs.found.read(Rule::of));
    }

    @Test
    void whatNeedsASecretIsNamedWithTheCommandThatPutsItInForce() throws Exception {
        catalogs.rebuild();
        assertEquals(List.of(), catalogs.found.read(CatalogView::noticeTargets), "they are sealed");
        catalogs.importKey();
        NoticeTarget open = target("open", Map.of());
        assertEquals(List.of(open, new NoticeTarget(new TargetName("ops"), open.kind(), false, open.language(), open.settings(), new TreeMap<>(), open.match(), open.quiet(), open.made())),
                catalogs.found.read(CatalogView::noticeTargets));
        assertEquals(Optional.empty(), catalogs.found.read(CatalogView::signOn));
        assertEquals(Optional.of("tokyo"), catalogs.found.read(view -> view.setting("site.node/n")));
        assertEquals("sub", catalogs.found.read(view -> view.identity(ALICE)).orElseThrow().subject());
        assertEquals(List.of("azekura user reset alice && azekura user change alice --enable", "azekura notify target change ops --secrets FILE --enable",
                "azekura sso set --name 'Example Inc.' --issuer https://id --client-id azekura --grant admins=admin --grant '*=restorer:web' --claim groups --scope groups"
                        + " --domain example.com",
                "azekura device add cloud --driver s3 --set 'bucket=our bucket' --set secretKey=…"), left().stream().map(Left::command).sorted(
                        Comparator.comparing(command -> List.of("use", "not", "sso", "dev").indexOf(command.substring(8, 11)))).toList());
        assertFalse(left().toString().contains("sealed secret"));
    }

    @Test
    void eachChangeOfItIsAnotherEditionAndTheSameIsNone() throws Exception {
        long first = counted();
        assertEquals(first, counted());
        catalogs.lost.write(edit -> {
            edit.putUser(edit.user(BOB).orElseThrow().seen(Rows.TIME));
            return null;
        });
        assertEquals(first, counted(), "who logs in lays nothing down");
        catalogs.lost.write(edit -> {
            edit.deleteUser(BOB);
            return null;
        });
        assertEquals(first + 1, counted());
    }

    private long counted() throws Exception {
        return catalogs.lost.write(edit -> {
            Uncounted.count(edit);
            return Edition.of(edit);
        });
    }
}
