package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Offers;
import org.azekura.server.host.Hosts;
import org.azekura.server.job.run.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server that stops does with what it has just taken. */
@Timeout(300)
class TakenJobsTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Always has one more, and gives it when the test says so. */
    private static final class OneMore implements Offers {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch given = new CountDownLatch(1);
        private final AtomicInteger taken = new AtomicInteger();
        private final List<End> ends = new CopyOnWriteArrayList<>();

        @Override
        public Optional<Offer> take(Predicate<Offer> wanted, Duration patience) {
            asked.countDown();
            try {
                given.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(new Offer(new JobId(taken.incrementAndGet()), 1, new ClientName("c1"), new NodeName("n1")));
        }

        @Override
        public void end(Offer offer, End end) {
            ends.add(end);
        }

        @Override
        public Optional<Failure> tell(Offer offer, Progress progress) {
            return Optional.empty();
        }

        @Override
        public boolean isAnybodyThere() {
            return false;
        }

        @Override
        public boolean put(Offer offer) {
            return false;
        }

        @Override
        public boolean withdraw(Offer offer) {
            return true;
        }

        @Override
        public Optional<Standing> look(Offer offer) {
            return Optional.empty();
        }

        @Override
        public void wish(Offer offer, Failure why) {}

        @Override
        public void remove(Offer offer) {}
    }

    @Test
    void oneThatStopsGivesBackWhatItIsJustTakingAndTakesNothingMore() throws Exception {
        OneMore offers = new OneMore();
        TakenJobs jobs = new TakenJobs(new Stage(null, null, new Hosts(), null, null, null, new NodeName("two"), null, null, null), null, offers, "two");
        jobs.open();
        offers.asked.await();
        Thread closing = Thread.ofPlatform().daemon().start(jobs::close);
        for (long end = System.nanoTime() + LIMIT.toNanos(); closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive();) {
            assertTrue(System.nanoTime() < end, "it does not wait for who takes");
            Thread.onSpinWait();
        }
        offers.given.countDown();
        assertTrue(closing.join(LIMIT));
        assertEquals(List.of(new Offers.End.Returned("server two stops")), offers.ends);
        assertEquals(1, offers.taken.get());
    }
}
