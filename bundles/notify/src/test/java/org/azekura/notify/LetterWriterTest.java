package org.azekura.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Job;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;

class LetterWriterTest {

    private static Letter write(String language, Told... told) {
        return new LetterWriter(Phrases.ALL.get(language), "vault1", "https://vault1:8443", ZoneId.of("Asia/Tokyo")).write(List.of(told));
    }

    private static Told failed(String error) {
        return Told.of(Rows.job(7, Job.State.FAILED), Job.State.FAILED, Rows.TIME, "docs", error);
    }

    @Test
    void saysWhatHappenedAndWhatToDo() {
        Letter letter = write("en", failed("no cartridge"));
        assertEquals("[vault1] Backup 7 of client web-1 failed", letter.subject());
        assertEquals("""
                Backup 7 of client web-1 failed
                  severity: error
                  client: web-1
                  save set: docs
                  pool: main
                  policy: nightly
                  time: 2026-03-29 10:59:59 JST
                  reason: no cartridge
                  What to do: Read the log (azekura job log 7); when the reason is gone, a backup goes on with azekura job resume 7.
                  https://vault1:8443/jobs/7

                --\s
                Azekura on vault1
                https://vault1:8443
                """, letter.plain());
    }

    @Test
    void saysAlertsInTheLanguageOfTheTarget() {
        Alert alert = Alert.of("pool.key.notexported", Alert.Severity.WARNING, Alert.Subject.of("pool", "main"), Map.of("pool", "main"), "the key of pool main was never exported");
        assertEquals("[vault1] the key of pool main was never exported", write("en", Told.of(alert, true, Rows.TIME)).subject());
        assertTrue(write("ja", Told.of(alert, true, Rows.TIME)).subject().startsWith("[vault1] プール main の鍵は書き出されていません"));
        assertEquals("[vault1] Resolved: the key of pool main was never exported", write("en", Told.of(alert, false, Rows.TIME)).subject());
        assertTrue(write("ja", Told.of(alert, false, Rows.TIME)).subject().startsWith("[vault1] 解消: プール main の"));
        Alert strange = Alert.of("some.driver.says", Alert.Severity.INFO, Alert.Subject.APPLIANCE, Map.of(), "something");
        assertEquals("[vault1] something", write("ja", Told.of(strange, true, Rows.TIME)).subject());
    }

    @Test
    void bothLanguagesHaveWordsForEveryJobAndEnd() {
        for (String language : Phrases.ALL.keySet()) {
            Phrases phrases = Phrases.ALL.get(language);
            Stream.concat(Arrays.stream(Job.Kind.values()).map(kind -> "kind." + kind.word()),
                    Arrays.stream(Job.State.values()).filter(state -> state.ended() || state == Job.State.PARKED).map(state -> "job." + state.word()))
                    .forEach(key -> assertTrue(phrases.has(key), language + " " + key));
        }
    }

    @Test
    void whatIsNotOursMakesNoPage() {
        Letter letter = write("en", failed("<script>alert('x')</script> & \"y\"\n  client: forged\u2028"));
        assertFalse(letter.html().contains("<script>") || letter.html().contains("alert('"));
        assertTrue(letter.html().contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"));
        assertEquals(1, letter.plain().lines().filter(line -> line.startsWith("  client:")).count());
    }

    @Test
    void aDigestIsBounded() {
        Letter letter = write("ja", Stream.generate(() -> failed("x".repeat(1000))).limit(900).toArray(Told[]::new));
        assertEquals("[vault1] 通知 900 件（うちエラー 900 件）", letter.subject());
        assertTrue(letter.plain().contains("ほか 700 件") && letter.plain().length() < 400_000);
        assertTrue(write("en", Told.of(Alert.of("a.b", Alert.Severity.INFO, Alert.Subject.APPLIANCE, Map.of(), "y".repeat(5000)), true, Rows.TIME)).subject().length() <= 200);
    }

    @Test
    void nothingTurnsTheDirectionOfWhatStandsBehindItAndNoSignIsCutInTwo() {
        Letter letter = write("en", failed("a\u202egpj.exe\u2066\u200f b"));
        assertTrue(letter.plain().contains("reason: a gpj.exe  b"), letter.plain());
        assertFalse(letter.html().chars().anyMatch(c -> c == 0x202e || c == 0x2066 || c == 0x200f));
        String subject = write("en", Told.of(Alert.of("a.b", Alert.Severity.INFO, Alert.Subject.APPLIANCE, Map.of(), "\ud83d\ude00".repeat(5000)), true, Rows.TIME)).subject();
        assertFalse(Character.isHighSurrogate(subject.charAt(subject.length() - 2)), subject);
    }
}
