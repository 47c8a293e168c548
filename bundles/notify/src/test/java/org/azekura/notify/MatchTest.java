package org.azekura.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Job;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;

class MatchTest {

    private static final Told JOB = Told.of(Rows.job(1, Job.State.FAILED), Job.State.FAILED, Rows.TIME, "docs", "x");
    private static final Told ALERT = Told.of(Alert.of("pool.key.missing", Alert.Severity.ERROR, Alert.Subject.of("pool", "main"), Map.of("pool", "main"), "x"), true, Rows.TIME);

    private static boolean fits(Told told, String field, String... patterns) {
        return Match.of(Map.of(field, List.of(patterns))).fits(told);
    }

    @Test
    void takesWhatFitsOnePatternAndNoneBehindABang() {
        assertEquals(true, fits(JOB, "client", "web-1"));
        assertEquals(true, fits(JOB, "client", "db*", "web*"));
        assertEquals(false, fits(JOB, "client", "web"));
        assertEquals(false, fits(JOB, "client", "web*", "!web-1"));
        assertEquals(true, fits(JOB, "client", "!db*"));
        assertEquals(true, fits(JOB, "saveSet", "docs"));
        assertEquals(true, fits(ALERT, "code", "pool.*"));
        assertEquals(false, fits(ALERT, "code", "pool.*", "!pool.key.*"));
        assertEquals(false, fits(JOB, "code", "job_failed"));
        assertEquals(true, fits(JOB, "code", "job*failed"));
    }

    @Test
    void whatLacksTheFieldFitsNoPattern() {
        assertEquals(false, fits(ALERT, "kind", "*"));
        assertEquals(true, fits(ALERT, "kind", "!backup"));
    }

    @Test
    void takesWarningsAndErrorsUnlessItIsToldOtherwise() {
        Told done = Told.of(Rows.job(1, Job.State.DONE), Job.State.DONE, Rows.TIME, null, null);
        assertEquals(false, Match.of(Map.of()).fits(done));
        assertEquals(true, Match.of(Map.of()).fits(JOB));
        assertEquals(true, Match.of(Map.of("severity", List.of("*"))).fits(done));
        assertEquals(false, Match.of(Map.of("severity", List.of("!error"))).fits(JOB));
    }

    @Test
    void lettersOfPatternsAreNoExpressions() {
        assertEquals(false, fits(JOB, "client", "web.1"));
        assertEquals(false, fits(JOB, "client", "[a-z]*"));
        assertEquals(false, fits(JOB, "client", "\\E.*\\Q"));
        assertNull(Match.wrong("client", List.of("\\E", "!\\Q*")));
    }

    @Test
    void saysWhatIsWrong() {
        assertNotNull(Match.wrong("colour", List.of("red")));
        assertNotNull(Match.wrong("severity", List.of("loud")));
        assertNotNull(Match.wrong("client", List.of("")));
        assertNotNull(Match.wrong("client", Collections.singletonList(null)));
        assertNull(Match.wrong("severity", List.of("!info", "err*")));
    }

    @Test
    void isQuietUntilTheMorningOfThePlace() {
        QuietHours night = QuietHours.parse("22:00-07:00 Europe/Berlin");
        for (String[] each : new String[][] {{"2026-01-02T20:59:59Z", "2026-01-02T20:59:59Z"}, {"2026-01-02T21:00:00Z", "2026-01-03T06:00:00Z"}, {"2026-01-03T05:59:59Z", "2026-01-03T06:00:00Z"},
            {"2026-01-03T06:00:00Z", "2026-01-03T06:00:00Z"}, {"2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z"}, {"2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z"}}) {
            assertEquals(Instant.parse(each[1]), night.after(Instant.parse(each[0])), each[0]);
        }
        assertEquals(Instant.parse("2026-01-02T13:00:00Z"), QuietHours.parse("12:00-13:00 UTC").after(Instant.parse("2026-01-02T12:30:00Z")));
    }
}
