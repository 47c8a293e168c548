package org.azekura.server.job.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.server.job.run.Orders;
import org.junit.jupiter.api.Test;

class AnswerTimeTest {

    /** Places that each take as long as they may. */
    @Test
    void manyPlacesTogetherTakeNoLongerThanAClientWaits() {
        AtomicLong now = new AtomicLong(-5);
        AnswerTime time = AnswerTime.begin(now::get);
        int asked = 0;
        for (int place = 0; place < 9 && !time.isOver(); place++) {
            now.addAndGet(time.left(Orders.PREPARE).plus(time.left(Orders.PROMPT)).toNanos());
            asked++;
        }
        assertEquals(1, asked);
        assertTrue(now.get() < Duration.ofMinutes(13).toNanos());
        assertTrue(time.isOver());
    }

    @Test
    void oneThatAnswersAtOnceLeavesTheOthersTheirTime() {
        AtomicLong now = new AtomicLong(7);
        AnswerTime time = AnswerTime.begin(now::get);
        assertEquals(Orders.PREPARE, time.left(Orders.PREPARE));
        now.addAndGet(Duration.ofMinutes(6).toNanos());
        assertEquals(Duration.ofMinutes(5), time.left(Orders.PREPARE));
        assertEquals(Orders.PROMPT, time.left(Orders.PROMPT));
        assertFalse(time.isOver());
    }
}
