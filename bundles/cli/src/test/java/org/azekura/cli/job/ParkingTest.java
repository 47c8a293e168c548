package org.azekura.cli.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ParkingTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final Parking parking = new Parking(now::get);

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void aReasonIsNewsOnceThoughTheJobIsTriedAgain() {
        assertTrue(parking.begin("pool p needs another cartridge"));
        for (int i = 0; i < 5; i++) {
            pass(9);
            parking.end();
            assertEquals(Duration.ZERO, parking.lasted());
            pass(1);
            assertFalse(parking.begin("pool p needs another cartridge"));
        }
        assertEquals(Duration.ofSeconds(50), parking.lasted(), "it has been parked since the first time");
        parking.end();
        assertTrue(parking.begin("pool p is full"));
        assertEquals(Duration.ZERO, parking.lasted());
    }

    /** As with a library that is switched off: each trial asks it twice. */
    @Test
    void aTrialThatWaitsForWhatDoesNotAnswerIsNoWork() {
        assertTrue(parking.begin("library lib1 does not answer"));
        pass(1);
        parking.end();
        pass(41);
        assertFalse(parking.begin("library lib1 does not answer"));
        assertEquals(Duration.ofSeconds(42), parking.lasted());
    }

    @Test
    void whoHasWorkedMeanwhileParksAnew() {
        assertTrue(parking.begin("pool p needs another cartridge"));
        pass(5);
        parking.end();
        assertFalse(parking.isParked());
        pass(600);
        assertTrue(parking.begin("pool p needs another cartridge"));
        pass(2);
        assertEquals(Duration.ofSeconds(2), parking.lasted());
    }

    @Test
    void theFirstIsNewsWhateverTheClockSays() {
        now.set(0);
        assertTrue(parking.begin("why"));
    }
}
