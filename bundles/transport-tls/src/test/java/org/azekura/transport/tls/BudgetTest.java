package org.azekura.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.azekura.api.transport.Stream;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final long TOTAL = 64 << 20;
    private static final long FRAME = Stream.MAX_FRAME;

    private final Budget budget = new Budget(TOTAL);
    private final List<String> granted = new ArrayList<>();

    private boolean ask(String name, long bytes) {
        return budget.ask(got -> {
            assertEquals(bytes, got);
            granted.add(name);
        }, bytes);
    }

    @Test
    void windowsOfThoseThatAreReadBecomeEqual() {
        long[] has = new long[30];
        for (int round = 0; round < 1000; round++) {
            int i = round % has.length;
            long read = has[i] / 2;
            budget.give(read);
            has[i] += budget.window(has[i] - read, Budget.MAX_WINDOW) - read;
        }
        long least = LongStream.of(has).min().orElseThrow();
        long most = LongStream.of(has).max().orElseThrow();
        assertTrue(least > 512 << 10 && most < 4 * least, least + " to " + most);
        assertTrue(budget.used() <= TOTAL * 3 / 4);
    }

    @Test
    void theRestOfAFrameIsThereHoweverManyWindowsAreFull() {
        for (int i = 0; i < 1000; i++) {
            budget.window(0, Budget.MAX_WINDOW);
        }
        assertTrue(ask("first", FRAME));
    }

    @Test
    void whoAsksGetsInTheOrderOfAsking() {
        int now = 0;
        while (ask("now", FRAME)) {
            now++;
        }
        assertEquals(TOTAL / FRAME, now);
        assertFalse(ask("small", 1), "nobody goes before others");
        assertFalse(ask("large", FRAME));
        budget.give(FRAME);
        assertEquals(List.of("now", "small"), granted);
        budget.give(FRAME);
        assertEquals(List.of("now", "small", "large"), granted);
        assertTrue(budget.used() <= TOTAL);
    }

    @Test
    void allOfItOrNothing() {
        assertFalse(budget.whole(0, TOTAL));
        assertEquals(0, budget.used());
        assertTrue(budget.whole(0, FRAME));
        assertEquals(FRAME, budget.used());
    }
}
