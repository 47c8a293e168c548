package org.azekura.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class BandwidthTest {

    private static LocalTime at(int hour, int minute) {
        return LocalTime.of(hour, minute);
    }

    @Test
    void countsFromItsBeginUpToItsEnd() {
        Bandwidth day = new Bandwidth(1 << 20, at(8, 0), at(18, 0));
        assertFalse(day.counts(at(7, 59)));
        assertTrue(day.counts(at(8, 0)));
        assertTrue(day.counts(at(17, 59)));
        assertFalse(day.counts(at(18, 0)));
        assertEquals(Duration.ofMinutes(1), day.untilChange(at(7, 59)));
        assertEquals(Duration.ofHours(10), day.untilChange(at(8, 0)));
        assertEquals(Duration.ofHours(14), day.untilChange(at(18, 0)));
    }

    @Test
    void mayGoOverMidnight() {
        Bandwidth night = new Bandwidth(1 << 20, at(22, 0), at(6, 0));
        assertTrue(night.counts(at(23, 0)));
        assertTrue(night.counts(at(5, 59)));
        assertFalse(night.counts(at(6, 0)));
        assertFalse(night.counts(at(21, 59)));
        assertEquals(Duration.ofHours(7), night.untilChange(at(23, 0)));
    }

    @Test
    void countsAlwaysWithoutHours() {
        assertTrue(new Bandwidth(1 << 20).counts(at(0, 0)));
        assertEquals(Duration.ofDays(1), new Bandwidth(1 << 20).untilChange(at(3, 0)));
    }

    @Test
    void refusesWhatStopsEverythingAndHoursThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(Bandwidth.LEAST - 1));
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(1 << 20, at(8, 0), null));
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(1 << 20, at(8, 0), at(8, 0)));
    }
}
