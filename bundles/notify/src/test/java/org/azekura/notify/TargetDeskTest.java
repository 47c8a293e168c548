package org.azekura.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
