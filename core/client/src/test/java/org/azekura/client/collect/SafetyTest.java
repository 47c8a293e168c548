package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a backup has handed on and is durable. */
class SafetyTest {

    private final Safety safety = new Safety();

    private long dataToNode() {
        long number = safety.hand(10);
        safety.needs(number, true, false);
        safety.sendsToNode(number);
        return number;
    }

    @Test
    void nothingIsSafeThatHasSomethingUnsafeBeforeIt() {
        long first = safety.hand(1);
        long second = safety.hand(1);
        safety.needs(second, false, false);
        assertEquals(0, safety.safe());
        safety.needs(first, true, false);
        safety.sendsToNode(first);
        assertEquals(0, safety.safe());
        safety.nodeHas(1);
        assertEquals(2, safety.safe());
        assertEquals(2, safety.bytes());
    }

    @Test
    void aTreePageHasToBeAtBoth() {
        long page = safety.hand(1);
        safety.needs(page, true, true);
        safety.sendsToServer(page);
        safety.sendsToNode(page);
        safety.serverHas(1);
        assertEquals(0, safety.safe());
        safety.nodeHas(1);
        assertEquals(1, safety.safe());
        long known = safety.hand(1);
        safety.needs(known, false, true);
        safety.sendsToServer(known);
        assertEquals(1, safety.safe());
        safety.serverHas(2);
        assertEquals(2, safety.safe());
    }

    @Test
    void framesCountInTheOrderInWhichTheyWereSent() {
        long first = safety.hand(1);
        long second = safety.hand(1);
        safety.needs(second, true, false);
        safety.needs(first, true, false);
        safety.sendsToNode(second);
        safety.sendsToNode(first);
        safety.nodeHas(1);
        assertEquals(0, safety.safe());
        safety.nodeHas(2);
        assertEquals(2, safety.safe());
    }

    @Test
    void anEqualChunkIsSafeWithTheOneThatIsSent() {
        long early = safety.hand(1);
        long late = safety.hand(1);
        safety.needs(late, true, false);
        safety.follows(early, late);
        safety.sendsToNode(late);
        assertEquals(0, safety.safe());
        safety.nodeHas(1);
        assertEquals(2, safety.safe());
        long again = safety.hand(1);
        safety.follows(again, late);
        assertEquals(3, safety.safe());
    }

    @Test
    void tellsWheneverMoreMayBeSafe() {
        List<Long> told = new ArrayList<>();
        safety.onProgress(() -> told.add(safety.safe()));
        dataToNode();
        safety.nodeHas(1);
        assertEquals(1, told.getLast());
    }

    @Test
    void isRightInAnyOrder() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int count = 500;
        for (int i = 0; i < count; i++) {
            safety.hand(1);
        }
        List<Long> sending = new ArrayList<>();
        for (long i = 1; i <= count; i++) {
            sending.add(i);
        }
        Collections.shuffle(sending, random);
        for (long number : sending) {
            safety.needs(number, true, false);
            safety.sendsToNode(number);
        }
        for (int durable = 0; durable < count; durable += 1 + random.nextInt(20)) {
            safety.nodeHas(durable);
            long expected = 0;
            while (sending.subList(0, durable).contains(expected + 1)) {
                expected++;
            }
            assertEquals(expected, safety.safe(), "seed " + seed + ", durable " + durable);
        }
        safety.nodeHas(count);
        assertTrue(safety.safe() == count, "seed " + seed);
    }
}
