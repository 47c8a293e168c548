package org.azekura.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest implements InstantSource {

    private Instant now = Instant.EPOCH;
    private final Attempts attempts = new Attempts(this, 3, 100);

    @Override
    public Instant instant() {
        return now;
    }

    @Test
    void delaysGrowToAnHour() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            attempts.count("ann");
            waits.add(attempts.wait("ann").toSeconds());
            now = now.plus(attempts.wait("ann"));
        }
        assertEquals(List.of(0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 2048L, 3600L, 3600L, 3600L, 3600L, 3600L, 3600L), waits);
        assertEquals(Duration.ZERO, attempts.wait("bob"));
    }

    @Test
    void forgetsInTime() {
        for (int i = 0; i < 9; i++) {
            attempts.count("ann");
        }
        now = now.plus(Duration.ofHours(3));
        attempts.count("ann");
        assertEquals(Duration.ZERO, attempts.wait("ann"));
    }

    @Test
    void takesBackWhatWasNoTry() {
        attempts.count("ann");
        attempts.count("ann");
        attempts.count("ann");
        attempts.undo("ann");
        assertEquals(Duration.ZERO, attempts.wait("ann"));
        attempts.undo("bob");
        attempts.undo("ann");
        attempts.undo("ann");
        assertEquals(0, attempts.remembered());
    }

    @Test
    void remembersABoundedNumberAndTheNewestOfThem() {
        for (int i = 0; i < 3; i++) {
            attempts.count("ann");
        }
        for (int i = 0; i < 99; i++) {
            attempts.count("nobody" + i);
        }
        assertEquals(100, attempts.remembered());
        assertTrue(attempts.wait("ann").isPositive());
        attempts.count("one more");
        attempts.count("and one");
        assertEquals(100, attempts.remembered());
    }
}
