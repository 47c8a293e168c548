package org.azekura.client.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.JobId;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private final Budget budget = new Budget(new Breaker(new JobId(1)), 100);

    private Thread taking(long wanted, CountDownLatch taken) {
        return Thread.ofPlatform().daemon().name("taker").start(() -> {
            try {
                budget.take(wanted);
                taken.countDown();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoeverFindsNoRoomWaitsUntilAGoodPartIsFree() throws Exception {
        budget.take(60);
        budget.take(40);
        CountDownLatch taken = new CountDownLatch(1);
        Thread taker = taking(15, taken);
        awaitWaiting(taker);
        budget.give(30);
        assertFalse(taken.await(20, TimeUnit.MILLISECONDS), "70 + 15 is more than three quarters");
        budget.give(10);
        assertTrue(taken.await(30, TimeUnit.SECONDS));
    }

    @Test
    void moreThanAllIsGrantedWhenNothingIsUnderWay() throws Exception {
        budget.take(1);
        CountDownLatch taken = new CountDownLatch(1);
        Thread taker = taking(1000, taken);
        awaitWaiting(taker);
        budget.give(1);
        assertTrue(taken.await(30, TimeUnit.SECONDS));
        assertTrue(taker.join(Duration.ofSeconds(30)));
        budget.give(1000);
        budget.drain();
    }
}
