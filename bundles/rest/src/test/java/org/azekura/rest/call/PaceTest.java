package org.azekura.rest.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Pace pace = new Pace(3, Duration.ofSeconds(2), nanos::get);

    private int allowed(String caller, int tries) {
        int allowed = 0;
        for (int i = 0; i < tries; i++) {
            allowed += pace.allows(caller) ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void allowsSomeAtOnceAndThenOnePerPause() {
        assertEquals(3, allowed("a", 10));
        nanos.addAndGet(Duration.ofMillis(1999).toNanos());
        assertFalse(pace.allows("a"));
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertEquals(1, allowed("a", 10));
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertEquals(3, allowed("a", 10), "it does not save up");
    }

    @Test
    void countsCallersApartAndAllTogether() {
        assertEquals(3, allowed("a", 10));
        assertTrue(pace.allows("b"));
        int all = 4;
        for (int i = 0; i < 5000; i++) {
            all += allowed("caller " + i, 3);
        }
        assertEquals(30, all);
    }
}
