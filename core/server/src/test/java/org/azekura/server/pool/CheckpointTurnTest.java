package org.azekura.server.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.azekura.server.pool.CheckpointTurn.Reach;
import org.junit.jupiter.api.Test;

class CheckpointTurnTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static Instant ago(Duration time) {
        return NOW.minus(time);
    }

    private static boolean isDue(Instant differs, Instant written, Reach reach, boolean idle) {
        return new CheckpointTurn(differs, true, written, null, reach, idle).isDue(NOW);
    }

    @Test
    void whatWasLaidDownIsWrittenWhenNobodyTypesAnyMore() {
        assertFalse(isDue(ago(Duration.ofMinutes(4)), ago(Duration.ofHours(1)), Reach.AT_ONCE, true));
        assertTrue(isDue(ago(Duration.ofMinutes(5)), ago(Duration.ofHours(1)), Reach.AT_ONCE, true));
        assertTrue(isDue(ago(Duration.ofMinutes(5)), ago(Duration.ofHours(1)), Reach.AT_ONCE, false), "a disk is written beside jobs");
        assertTrue(isDue(ago(Duration.ofMinutes(5)), null, Reach.AT_ONCE, true), "never");
    }

    @Test
    void whatOnlyGoesOnIsWrittenOnceADayAndBringsNoCartridge() {
        assertFalse(isDue(null, ago(Duration.ofHours(23)), Reach.AT_ONCE, true));
        assertTrue(isDue(null, ago(Duration.ofHours(24)), Reach.AT_ONCE, true));
        assertTrue(isDue(null, ago(Duration.ofDays(9)), Reach.MOUNTED, true));
        assertFalse(isDue(null, ago(Duration.ofDays(9)), Reach.THERE, true));
        assertFalse(new CheckpointTurn(null, false, ago(Duration.ofDays(9)), null, Reach.AT_ONCE, true).isDue(NOW), "nothing has changed");
    }

    @Test
    void aCartridgeIsWrittenWhereItLiesInAnIdleDriveOrAfterADay() {
        Instant typed = ago(Duration.ofMinutes(10));
        assertTrue(isDue(typed, ago(Duration.ofHours(2)), Reach.MOUNTED, true));
        assertFalse(isDue(typed, ago(Duration.ofHours(2)), Reach.MOUNTED, false));
        assertFalse(isDue(typed, ago(Duration.ofHours(2)), Reach.THERE, true));
        assertTrue(isDue(typed, ago(Duration.ofHours(24)), Reach.THERE, false));
        assertFalse(isDue(typed, ago(Duration.ofDays(30)), Reach.AWAY, true));
    }

    @Test
    void whatFailedIsTriedAgainAfterAnHour() {
        Instant typed = ago(Duration.ofHours(3));
        assertFalse(new CheckpointTurn(typed, true, null, ago(Duration.ofMinutes(59)), Reach.AT_ONCE, true).isDue(NOW));
        assertTrue(new CheckpointTurn(typed, true, null, ago(Duration.ofMinutes(61)), Reach.AT_ONCE, true).isDue(NOW));
    }

    @Test
    void somebodyIsToldOfAMediumThatHasNotBeenWrittenForAWeek() {
        assertFalse(new CheckpointTurn(ago(Duration.ofMinutes(1)), true, ago(Duration.ofDays(20)), null, Reach.AWAY, true).isOld(NOW), "it was typed just now");
        assertTrue(new CheckpointTurn(ago(Duration.ofMinutes(6)), true, ago(Duration.ofDays(20)), null, Reach.AWAY, true).isOld(NOW));
        assertFalse(new CheckpointTurn(ago(Duration.ofDays(6)), true, null, null, Reach.AWAY, true).isOld(NOW));
        assertTrue(new CheckpointTurn(ago(Duration.ofDays(7)), true, null, null, Reach.AWAY, true).isOld(NOW));
        assertFalse(new CheckpointTurn(null, true, ago(Duration.ofDays(20)), null, Reach.AWAY, true).isOld(NOW));
    }
}
