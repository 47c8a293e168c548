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
        return taking(budget, wanted, taken);
    }

    private static Thread taking(Budget budget, long wanted, CountDownLatch taken) {
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
        assertTrue(taken.await(120, TimeUnit.SECONDS));
    }

    @Test
    void moreThanAllIsGrantedWhenNothingIsUnderWay() throws Exception {
        budget.take(1);
        CountDownLatch taken = new CountDownLatch(1);
        Thread taker = taking(1000, taken);
        awaitWaiting(taker);
        budget.give(1);
        assertTrue(taken.await(120, TimeUnit.SECONDS));
        assertTrue(taker.join(Duration.ofSeconds(30)));
        budget.give(1000);
        budget.drain();
    }

    @Test
    void nobodyWaitsForWhatIsHeld() throws Exception {
        assertTrue(budget.hold(50));
        assertFalse(budget.hold(51), "more than half");
        budget.take(60);
        CountDownLatch taken = new CountDownLatch(1);
        taking(90, taken);
        budget.give(60);
        assertTrue(taken.await(120, TimeUnit.SECONDS), "the largest of all goes when only what is held is left");
        budget.give(90);
        budget.letGo(50);
        budget.drain();
    }

    @Test
    void jobsAtOnceHaveOneBudgetTogether() throws Exception {
        Budget.Shared all = new Budget.Shared(100, 10);
        Budget first = all.open(new Breaker(new JobId(1)));
        first.take(40);
        Budget second = all.open(new Breaker(new JobId(2)));
        CountDownLatch taken = new CountDownLatch(1);
        Thread taker = taking(first, 20, taken);
        awaitWaiting(taker);
        first.give(40);
        assertTrue(taken.await(120, TimeUnit.SECONDS), "20 of the 50 that are its part");
        second.close();
        second.close();
        CountDownLatch alone = new CountDownLatch(1);
        taking(first, 75, alone);
        assertTrue(alone.await(120, TimeUnit.SECONDS), "95 of 100 once it is alone");
    }

    @Test
    void howeverManyJobsThereAreEachHasTheLeast() throws Exception {
        Budget.Shared all = new Budget.Shared(100, 40);
        for (int i = 2; i < 10; i++) {
            all.open(new Breaker(new JobId(i)));
        }
        Budget last = all.open(new Breaker(new JobId(1)));
        last.take(1);
        CountDownLatch taken = new CountDownLatch(1);
        taking(last, 39, taken);
        assertTrue(taken.await(120, TimeUnit.SECONDS), "40 is the least");
    }
}
