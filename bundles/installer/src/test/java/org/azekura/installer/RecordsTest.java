package org.azekura.installer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fuzz.Fuzzing;
import org.azekura.testkit.fuzz.Target;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class RecordsTest {

    private static final String CONTENT = "0123456789abcdef".repeat(4);
    private static final String CURRENT = """
            azekura-driver-current: 1
            here: 1.2.3-0123456789ab
            previous: 1.0.0-ffffffffffff
            refused: %s
            """.formatted(CONTENT);
    private static final String ABOUT = """
            azekura-driver-about: 1
            version: 1.2.3
            kind: device
            content: %s
            publisher: Azekura 校倉
            bundle: bundles/a.jar
            bundle: bundles/b.jar
            """.formatted(CONTENT);

    private static Current current(String text) throws Exception {
        return Current.parse("current", text.getBytes(UTF_8));
    }

    private static About about(String text) throws Exception {
        return About.parse("about", text.getBytes(UTF_8));
    }

    @Test
    void whatWasWrittenOnceIsReadForEver() throws Exception {
        assertEquals(new Current("1.2.3-0123456789ab", "1.0.0-ffffffffffff", List.of(CONTENT)), current(CURRENT));
        assertEquals(CURRENT, new String(current(CURRENT).encoded(), UTF_8));
        About read = about(ABOUT);
        assertEquals(new About(new Version(1, 2, 3), Admission.Kind.DEVICE, CONTENT, "Azekura 校倉", List.of("bundles/a.jar", "bundles/b.jar")), read);
        assertEquals(ABOUT, new String(read.encoded(), UTF_8));
        assertEquals("1.2.3-0123456789ab", read.folder());
    }

    @Test
    void aRemovedDriverIsFollowedByNoPreviousOne() throws Exception {
        Current removed = current("azekura-driver-current: 1\nhere: none\nrefused: " + CONTENT + "\n");
        assertNull(removed.followedBy("2.0.0-000000000000").previous());
        assertEquals(List.of(CONTENT), removed.followedBy("2.0.0-000000000000").refused());
    }

    @Test
    void onlyTheLastOfWhatWasRefusedIsKept() throws Exception {
        Current now = current(CURRENT);
        for (int i = 0; i < 20; i++) {
            now = now.refusing("%064x".formatted(i));
        }
        assertEquals(8, now.refused().size());
        assertEquals("%064x".formatted(19), now.refused().getLast());
        assertEquals(now, now.refusing("%064x".formatted(19)));
    }

    @Test
    void whatIsNoRecordIsRefused() {
        for (String wrong : List.of("", "\n", CURRENT + "more\n", CURRENT.replace("1.2.3", "01.2.3"), CURRENT.strip(), CURRENT.replace("here", "her"),
                CURRENT.replace("1.2.3-", "../1.2.3-"), ABOUT)) {
            assertRefused("driver.record", () -> current(wrong));
        }
        for (String wrong : List.of(ABOUT.replace("bundles/a.jar", "bundles/../a.jar"), ABOUT.replace("device", "DEVICE"), ABOUT + "bundle: /etc/passwd\n",
                ABOUT.lines().limit(5).reduce("", (a, b) -> a + b + "\n"))) {
            assertRefused("driver.record", () -> about(wrong));
        }
    }

    @Test
    void aRecordIsTakenInOneFormOrRefused() {
        int runs = Seeds.slow() ? 1_000_000 : 10_000;
        Fuzzing.run(Target.of("current", "driver.record", List.of(CURRENT.getBytes(UTF_8)),
                input -> assertArrayEquals(input, Current.parse("current", input).encoded())), runs);
        Fuzzing.run(Target.of("about", "driver.record", List.of(ABOUT.getBytes(UTF_8)), input -> assertArrayEquals(input, About.parse("about", input).encoded())),
                runs);
    }
}
