package org.azekura.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.TargetName;
import org.azekura.api.catalog.NoticeTarget;
import org.azekura.api.server.Notifications.Wanted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetDeskTest {

    private static final String SECRET = "a secret that nobody may read";

    private static final String PEM = pem();

    @TempDir
    private Path home;
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(home);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static String pem() {
        try {
            return Receiver.pem((X509Certificate) Receiver.keys().getCertificate("host"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Wanted wanted(Map<String, String> settings, Map<String, String> secrets) {
        return new Wanted(null, null, settings, secrets, null, null);
    }

    private NoticeTarget hook() throws BackupException {
        return desk.targets.create(new TargetName("hook"), NoticeTarget.Kind.WEBHOOK, wanted(Map.of("url", "https://example.com/a"), Map.of("secret", SECRET, "header.X-Key", SECRET)));
    }

    @Test
    void keepsNoSecretInClear() throws Exception {
        hook();
        desk.close();
        List<Path> files = new ArrayList<>();
        try (var all = Files.walk(home)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        assertTrue(!files.isEmpty());
        boolean named = false;
        for (Path file : files) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains(SECRET), file::toString);
            named |= bytes.contains("https://example.com/a");
        }
        assertTrue(named, "the file that would have it was looked at");
        desk = new Desk(home);
        desk.ways.of(desk.targets.target(new TargetName("hook")));
    }

    @Test
    void changesWhatIsGivenAndKeepsTheRest() throws Exception {
        NoticeTarget before = hook();
        NoticeTarget after = desk.targets.change(before.name(), new Wanted(false, "ja", Map.of("timeout", "5"), Map.of("header.X-Key", ""), Map.of("kind", List.of("backup")), "22:00-07:00 Asia/Tokyo"));
        assertEquals(Map.of("url", "https://example.com/a", "timeout", "5"), after.settings());
        assertEquals(List.of("secret"), List.copyOf(after.secrets().keySet()));
        assertEquals(before.secrets().get("secret"), after.secrets().get("secret"));
        assertEquals(after, desk.targets.target(before.name()));
        assertEquals("", desk.targets.change(before.name(), new Wanted(null, null, null, null, Map.of("kind", List.of()), "")).quiet());
        assertEquals(Map.of(), desk.targets.target(before.name()).match());
        desk.targets.delete(before.name());
        assertEquals("target.unknown", code(() -> desk.targets.target(before.name())));
    }

    @Test
    void refusesWhatCannotBe() throws Exception {
        hook();
        assertEquals("target.exists", code(this::hook));
        TargetName name = new TargetName("x");
        NoticeTarget.Kind mail = NoticeTarget.Kind.MAIL;
        assertEquals("target.value", code(() -> desk.targets.create(name, mail, wanted(null, null))));
        for (Wanted wrong : List.of(wanted(Map.of("colour", "red"), null), wanted(null, Map.of("colour", "red")), new Wanted(null, "fr", null, null, null, null),
                new Wanted(null, null, null, null, Map.of("colour", List.of("red")), null), new Wanted(null, null, null, null, Map.of("severity", List.of("loud")), null),
                new Wanted(null, null, null, null, null, "at night"), new Wanted(null, null, null, null, null, "22:00-07:00 Mars/Base"))) {
            Map<String, String> settings = new HashMap<>(Desk.MAIL);
            settings.putAll(wrong.settings() == null ? Map.of() : wrong.settings());
            assertEquals("target.value", code(() -> desk.targets.create(name, mail, new Wanted(null, wrong.language(), settings, wrong.secrets(), wrong.match(), wrong.quiet()))), wrong::toString);
        }
        assertEquals(1, desk.targets.targets().size());
        assertEquals("notice.unknown", code(() -> desk.targets.retry(1)));
    }

    private interface Act {
        Object run() throws Exception;
    }

    private static String code(Act act) {
        return assertThrows(BackupException.class, act::run).failure().code();
    }

    /** @param change what goes elsewhere @param field the one that is named */
    private void asksAgain(String field, TargetName name, Map<String, String> change, String... secrets) throws Exception {
        NoticeTarget before = desk.targets.target(name);
        Map<String, String> given = new HashMap<>();
        for (String secret : secrets) {
            BackupException why = assertThrows(BackupException.class, () -> desk.targets.change(name, wanted(change, given)));
            assertEquals("target.value", why.failure().code());
            assertTrue(before.secrets().containsKey(why.failure().subject()) && why.getMessage().contains(field + " changes, so give this secret again"), why.getMessage());
            given.put(secret, "another secret");
        }
        assertEquals(before, desk.targets.target(name), "nothing was kept");
        assertEquals(before.secrets().keySet(), desk.targets.change(name, wanted(change, given)).secrets().keySet());
    }

    @Test
    void sendsNoSecretToAnotherThanItWasGivenFor() throws Exception {
        TargetName hook = hook().name();
        asksAgain("url", hook, Map.of("url", "https://evil.example/a"), "secret", "header.X-Key");
        asksAgain("url", hook, Map.of("url", "https://evil.example/b"), "secret", "header.X-Key");
        asksAgain("ca", hook, Map.of("ca", PEM), "secret", "header.X-Key");
        TargetName mail = new TargetName("mail");
        Map<String, String> login = new HashMap<>(Desk.MAIL);
        login.putAll(Map.of("security", "starttls", "user", "ann"));
        desk.targets.create(mail, NoticeTarget.Kind.MAIL, wanted(login, Map.of("password", SECRET)));
        asksAgain("host", mail, Map.of("host", "mail.evil.example"), "password");
        asksAgain("port", mail, Map.of("port", "2525"), "password");
        asksAgain("security", mail, Map.of("security", "tls"), "password");
        asksAgain("ca", mail, Map.of("ca", PEM), "password");
        desk.targets.change(mail, wanted(Map.of("host", "mail.evil.example", "to", "others@example.com"), null));
        assertEquals(Map.of(), desk.targets.change(mail, wanted(Map.of("host", "third.example", "user", ""), Map.of("password", ""))).secrets());
    }

    @Test
    void sendsNoSecretAlongToAnAddressThatIsOneItself() throws Exception {
        TargetName name = new TargetName("hidden");
        desk.targets.create(name, NoticeTarget.Kind.WEBHOOK, wanted(null, Map.of("url", "https://example.com/" + SECRET.replace(' ', '-'), "secret", SECRET)));
        BackupException why = assertThrows(BackupException.class, () -> desk.targets.change(name, wanted(null, Map.of("url", "https://evil.example/"))));
        assertEquals("secret", why.failure().subject());
        why = assertThrows(BackupException.class, () -> desk.targets.change(name, wanted(Map.of("ca", PEM), Map.of("secret", "x"))));
        assertEquals("url", why.failure().subject());
        assertFalse(why.getMessage().contains("example.com"));
    }

    @Test
    void keepsNoWebhookToThisMachineUnlessThatIsPermitted() throws Exception {
        desk.localWebhooks = false;
        for (String host : List.of("127.0.0.1", "localhost", "[::1]", "169.254.169.254")) {
            BackupException why = assertThrows(BackupException.class, () -> desk.targets.create(new TargetName("x"), NoticeTarget.Kind.WEBHOOK, wanted(Map.of("url", "https://" + host + "/"), null)));
            assertEquals("url", why.failure().subject());
            assertTrue(why.getMessage().contains("localWebhooks"), why.getMessage());
        }
        desk.target("mail-to-this-machine", null, null);
    }
}
