package org.azekura.storagenode.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PinsTest {

    private final Pins pins = new Pins();

    @Test
    void whatAJobReliesOnStaysUntilItsEnd() {
        JobPins first = pins.begin();
        JobPins second = pins.begin();
        assertTrue(pins.pin(first, 7));
        assertTrue(pins.pin(first, 7));
        assertTrue(pins.pin(second, 7));
        assertTrue(pins.pin(second, 9));
        assertFalse(pins.letGo(7));
        first.close();
        assertFalse(pins.letGo(7));
        assertTrue(pins.letGo(8));
        second.close();
        assertTrue(pins.letGo(7));
        assertTrue(pins.letGo(9));
    }

    @Test
    void nobodyCanRelyOnWhatIsLeaving() {
        JobPins job = pins.begin();
        assertTrue(pins.letGo(7));
        assertTrue(pins.isLeaving(7));
        assertFalse(pins.pin(job, 7));
        assertTrue(pins.pin(job, 8));
        pins.left(7);
        assertFalse(pins.isLeaving(7));
        assertTrue(pins.pin(job, 7), "the number is another pack's");
        assertFalse(pins.letGo(7));
    }

    @Test
    void aJobThatHasEndedHoldsNothing() {
        JobPins job = pins.begin();
        job.close();
        assertTrue(pins.pin(job, 7), "a late answer is no harm");
        assertTrue(pins.letGo(7));
        job.close();
    }

    @Test
    void whatIsGoneIsGoneWhoeverReliesOnIt() {
        JobPins job = pins.begin();
        assertTrue(pins.pin(job, 7));
        pins.goes(7);
        assertFalse(pins.pin(job, 7));
        pins.left(7);
        assertTrue(pins.letGo(7), "the number is another pack's");
    }

    /** Two at the same moment, thousands of times: one of them has the pack. */
    @Test
    void onlyOneOfTwoThatRaceHasThePack() throws Exception {
        int rounds = 20_000;
        CyclicBarrier start = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<boolean[]> pinned = threads.submit(racing(start, rounds, round -> pins.pin(pins.begin(), round)));
            Future<boolean[]> dropped = threads.submit(racing(start, rounds, pins::letGo));
            for (int round = 0; round < rounds; round++) {
                assertEquals(pinned.get()[round], !dropped.get()[round], "round " + round);
            }
        }
    }

    private interface Attempt {
        boolean succeeds(int round);
    }

    private static Callable<boolean[]> racing(CyclicBarrier start, int rounds, Attempt attempt) {
        return () -> {
            boolean[] results = new boolean[rounds];
            for (int round = 0; round < rounds; round++) {
                if (round % 100 == 0) {
                    start.await();
                }
                results[round] = attempt.succeeds(round);
            }
            return results;
        };
    }
}
