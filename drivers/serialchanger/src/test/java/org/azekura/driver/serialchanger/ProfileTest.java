package org.azekura.driver.serialchanger;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.device.ElementAddress;
import org.azekura.serial.LineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {

    /** A robot whose places are reached one by one. */
    static final String ADDRESSED = """
            azekura serial changer 1
            # a made-up one
            name Made up
            line 19200 7E2
            wait 2 s
            reply ok "ok\\r"
            reply failed "no " 2
            code 01 empty nothing there
            code 02 taken
            code 03 held the drive is shut
            code 04 jam it is stuck
            elements 1 picker
            elements 10-14 slot numbered 1
            elements 20 mailslot numbered 90
            elements 30-31 drive
            identify "who\\r"
            calibrate "home\\r"
            move 10-31 to 10-31 "\\x02{from:2}>{to:2}\\r"
            """;

    static Profile addressed() throws BackupException {
        return ProfileReader.read(ADDRESSED, "test");
    }

    /** A kernel refuses to open a pseudo-terminal a second time with a parity that it has not. */
    static Profile onPty() throws BackupException {
        return ProfileReader.read(ADDRESSED.replace("7E2", "8N1"), "test");
    }

    @Test
    void readsWhatItSays() throws Exception {
        Profile profile = addressed();
        assertEquals("Made up", profile.name());
        assertEquals(new LineSettings(19200, 7, 'E', 2), profile.line());
        assertEquals(Duration.ofSeconds(2), profile.patience());
        assertEquals(List.of("ok\r"), profile.ok());
        assertEquals(List.of(new Profile.Failed("no ", 2)), profile.failed());
        assertEquals(new Profile.Meaning(Profile.Kind.EMPTY, "nothing there"), profile.codes().get("01"));
        assertEquals(2, profile.drives());
        Profile.Move move = profile.move(new ElementAddress(12), new ElementAddress(31)).orElseThrow();
        byte[] sent = move.commands().getFirst().bytes(profile.group(new ElementAddress(12)).orElseThrow().number(new ElementAddress(12)),
                profile.group(new ElementAddress(31)).orElseThrow().number(new ElementAddress(31)));
        assertArrayEquals("\u000203>01\r".getBytes(StandardCharsets.ISO_8859_1), sent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "azekura serial changer 1 | azekura serial changer 2 | 1", "line 19200 7E2 | line 19200 | 4", "wait 2 s | wait 2 | 5", "reply ok \"ok\\r\" | reply okay \"x\" | 6",
            "reply ok \"ok\\r\" | reply ok ok | 6", "reply failed \"no \" 2 | reply failed \"no \" 9 | 7", "code 02 taken | code 01 taken | 9", "code 02 taken | code 02 gone | 9",
            "elements 10-14 slot numbered 1 | elements 14-10 slot | 13", "elements 10-14 slot numbered 1 | elements 1-14 slot | 13",
            "elements 10-14 slot numbered 1 | elements 2-65535 slot | 13", "elements 20 mailslot numbered 90 | elements 70000 slot | 14", "identify \"who\\r\" | identify \"\\q\" | 16",
            "identify \"who\\r\" | name Again | 16", "calibrate \"home\\r\" | turn \"x\" | 17", "{from:2} | {of} | 18", "elements 1 picker | # none | 18", "elements 30-31 drive | # none | 18",
            "identify \"who\\r\" | # none | 18"})
    void saysWhichLineIsWrong(String right, String wrong, int line) {
        String text = ADDRESSED.replace(right, wrong);
        assertTrue(!text.equals(ADDRESSED), right);
        BackupException refused = assertRefused("setting.profile", () -> ProfileReader.read(text, "test"));
        assertTrue(refused.getMessage().startsWith("profile test, line " + line + ": expected "), refused.getMessage());
    }

    @Test
    void refusesWhatIsNone() {
        for (String text : List.of("", "\n", "azekura serial changer 1", "x".repeat(100_000))) {
            assertRefused("setting.profile", () -> ProfileReader.read(text, "test"));
        }
    }
}
