package org.azekura.driver.s3;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.Together;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void allTogetherGoNoFaster() throws Exception {
        Pace pace = new Pace(1000);
        long begin = System.nanoTime();
        Together.run(4, i -> {
            for (int n = 0; n < 25; n++) {
                pace.take(1);
            }
            return null;
        });
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(millis >= 99, "100 units at 1000 a second took " + millis + " ms");
    }

    @Test
    void nobodyWaitsWhereThereIsNoLimitAndAnInterruptEndsAWait() throws Exception {
        new Pace(0).take(Long.MAX_VALUE);
        Pace slow = new Pace(1);
        slow.take(1_000_000);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, () -> slow.take(1));
        assertTrue(Thread.interrupted());
    }
}
