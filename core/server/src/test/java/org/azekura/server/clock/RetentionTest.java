package org.azekura.server.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** What happens after a start is later than all before it. */
    private static final Duration TICK = Duration.ofNanos(1);

    private static Retention started(Retention before, Instant machine) {
        return before.on(new Event.Started(machine, false));
    }

    private static Retention passed(Retention before, Duration time) {
        return before.on(new Event.Passed(time));
    }

    private static Retention confirmed(Retention before, Instant time) {
        return before.on(new Event.Confirmed(time, List.of(Witnesses.NTP)));
    }

    /** One that has run for a day and is known to be right. */
    private static Retention known() {
        return confirmed(passed(Retention.first(NOON.minus(DAY)), DAY), NOON);
    }

    @Test
    void aFirstStartTakesWhatTheMachineSays() {
        Retention first = Retention.first(NOON);
        assertEquals(NOON, first.now());
        assertEquals(new Ground.New(), first.ground());
        assertTrue(passed(first, DAY.plus(Retention.DOUBT)).hasPassed(NOON, DAY), "what is stamped since is counted by the monotonic clock");
    }

    @Test
    void whatIsKeptForADayIsKeptForADayAndALittle() {
        Retention day = passed(known(), DAY);
        assertFalse(day.hasPassed(NOON, DAY));
        assertTrue(passed(day, Retention.DOUBT).hasPassed(NOON, DAY));
        assertFalse(passed(day, Retention.DOUBT.minusNanos(1)).hasPassed(NOON, DAY));
    }

    @Test
    void aClockThatWasSetForwardOverARestartFreezesAndAsks() {
        Retention frozen = passed(started(known(), NOON.plus(YEAR)), DAY);
        assertEquals(new Ground.Frozen(), frozen.ground());
        assertEquals(NOON.plus(DAY).plus(TICK), frozen.now());
        assertFalse(frozen.hasPassed(NOON.minus(YEAR), Duration.ZERO));
        assertTrue(frozen.asks());
        assertEquals(NOON.plus(YEAR), frozen.likely(NOON.plus(YEAR)));
    }

    @Test
    void aClockThatWasSetBackOverARestartFreezesAndNeverSetsBackTheRetentionTime() {
        Retention frozen = started(known(), NOON.minus(YEAR));
        assertEquals(new Ground.Frozen(), frozen.ground());
        Retention confirmed = confirmed(frozen, NOON.minus(YEAR));
        assertEquals(NOON.plus(TICK), confirmed.now());
        assertEquals(YEAR.plus(TICK), confirmed.memory().ahead());
        assertEquals(NOON.minus(YEAR), confirmed.likely(Instant.EPOCH));
    }

    @Test
    void aShortStopIsNotAskedAboutAndNotCounted() {
        for (Duration apart : List.of(Retention.BRIEF, Retention.BRIEF.negated())) {
            Retention gone = started(known(), NOON.plus(apart));
            assertEquals(new Ground.Continued(), gone.ground());
            assertEquals(NOON.plus(TICK), gone.now());
        }
        assertEquals(new Ground.Frozen(), started(known(), NOON.plus(Retention.BRIEF).plusNanos(1)).ground());
    }

    @Test
    void whatWasReceivedWhileItWasFrozenIsNotOlderForTheTimeThatTheServerWasAway() {
        Retention before = known();
        Retention frozen = passed(started(before, NOON.plus(YEAR)), HOUR);
        Instant stamp = frozen.now();
        Retention confirmed = confirmed(passed(frozen, HOUR), NOON.plus(YEAR).plus(HOUR).plus(HOUR));
        assertEquals(NOON.plus(YEAR).plus(HOUR).plus(HOUR), confirmed.now());
        assertEquals(NOON.plus(YEAR).plus(HOUR), confirmed.memory().corrected(stamp));
        assertFalse(confirmed.hasPassed(stamp, DAY));
        assertTrue(confirmed.hasPassed(NOON.minus(HOUR), YEAR), "what was there before was there for a year");
        // and the next time that the server is away ages both
        Retention next = confirmed(started(confirmed, confirmed.now().plus(YEAR)), confirmed.now().plus(YEAR));
        assertTrue(next.hasPassed(stamp, YEAR));
    }

    @Test
    void onceConfirmedNothingMovesItUntilTheNextStart() {
        Retention known = known();
        assertEquals(known, confirmed(known, NOON.plus(YEAR)));
        Retention later = passed(known, HOUR);
        assertEquals(NOON.plus(HOUR), confirmed(later, NOON.plus(HOUR).plus(Memory.NEAR)).memory().anchor());
        assertEquals(later, confirmed(later, NOON.plus(HOUR).plus(Memory.NEAR).plusNanos(1)));
    }

    @Test
    void whatTheMachineSleptIsMadeUpForAtTheNextStart() {
        Retention slept = passed(known(), HOUR);
        Instant stamp = slept.now();
        // it was three days in truth, and nobody could know when
        Retention next = confirmed(started(slept, NOON.plus(DAY.multipliedBy(3))), NOON.plus(DAY.multipliedBy(3)));
        assertEquals(NOON.plus(DAY.multipliedBy(3)), next.now());
        assertEquals(next.now().minus(TICK), next.memory().corrected(stamp));
    }

    @Test
    void stampsOfALostCatalogWaitUntilATimeIsConfirmed() {
        Retention ahead = Retention.first(NOON.plus(YEAR));
        Instant other = NOON.minus(DAY);
        assertFalse(ahead.hasPassed(other, HOUR));
        Retention known = confirmed(ahead, NOON);
        assertTrue(known.hasPassed(other, HOUR));
        assertFalse(known.hasPassed(other, DAY), "the year that it is ahead does not count");
    }

    @Test
    void whileThereIsNothingToKeepItFollowsTheMachine() {
        Retention blank = known().on(new Event.Started(NOON.minus(YEAR), true));
        assertEquals(Retention.first(NOON.minus(YEAR)), blank);
    }
}
