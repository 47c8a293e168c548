package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.JobOrder;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.host.Hosts;
import org.azekura.server.job.errand.DriverWork;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.PoolVault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server does with what it has taken when it stops, and that it hears how that is to end. */
@Timeout(300)
class TakenJobsTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final NodeName NODE = new NodeName("n1");
    private static final JobOrder ORDER = new JobOrder.Driver(Drivers.Kind.UPDATE, "disk", "1.1.0", List.of(NODE), false, "Eve", "x");
    private static final Failure WISH = new Failure(Obstacle.CANCELLED, Failure.Kind.OPERATOR, false, "1", "the job was cancelled");

    @TempDir
    Path home;
    private final JobRows rows = new JobRows(new Pool(new PoolName("default"), NODE, new DeviceName("default"), "disk", ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0], Instant.EPOCH, null));
    private final Lasting work = new Lasting();

    /** It lasts until it is stopped. What a job does is the same to who takes it. */
    private static final class Lasting implements DriverWork {

        private final CompletableFuture<String> stopped = new CompletableFuture<>();

        @Override
        public Drivers.Part change(JobOrder.Driver order, NodeName node, Story story) {
            while (true) {
                try {
                    story.check();
                    LockSupport.parkNanos(10_000_000);
                } catch (BackupException e) {
                    stopped.complete(e.failure().code());
                    return new Drivers.Part(node, Drivers.State.LEFT_OUT, 0, null, e.failure());
                }
            }
        }

        @Override
        public void forget(JobOrder.Driver order) {
            // There is no package.
        }
    }

    private TakenJobs jobs(Offers offers, CatalogStore catalog) throws Exception {
        rows.jobs.put(new JobId(1), new Job(new JobId(1), Job.Kind.DRIVER, Job.State.RUNNING, null, null, Instant.EPOCH, null, 0, 0, null, null, 1, JobCodecs.ORDERS.encode(ORDER), null));
        ServerClock keeper = ServerClock.open(rows.store());
        rows.store().write(edit -> {
            keeper.remember(edit);
            return null;
        });
        Stage stage = new Stage(new ApplianceId(1, 1), catalog, new Hosts(), null, new PoolVault(home.resolve("keys"), catalog), null, new NodeName("two"), null, null,
                ServerClock.following(rows.store()));
        return new TakenJobs(stage, new JobFactory(stage, null, () -> {}, work, null), offers, "two");
    }

    private static void await(BooleanSupplier met, String otherwise) {
        for (long end = System.nanoTime() + LIMIT.toNanos(); !met.getAsBoolean(); LockSupport.parkNanos(1_000_000)) {
            assertTrue(System.nanoTime() < end, otherwise);
        }
    }

    /** Has one more as often as that is wanted, and gives it when the test says so. */
    private static final class OneMore implements Offers {

        private final int most;
        private final Queue<Supplier<Optional<Failure>>> answers = new ConcurrentLinkedQueue<>();

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch given = new CountDownLatch(1);
        private final AtomicInteger taken = new AtomicInteger();
        private final List<End> ends = new CopyOnWriteArrayList<>();

        OneMore(int most) {
            this.most = most;
        }

        @Override
        public Optional<Offer> take(Predicate<Offer> wanted, Duration patience) {
            asked.countDown();
            try {
                given.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (taken.get() == most) {
                LockSupport.parkNanos(patience.toNanos());
                return Optional.empty();
            }
            return Optional.of(new Offer(new JobId(taken.incrementAndGet()), 1, new ClientName("c1"), new NodeName("n1")));
        }

        @Override
        public void end(Offer offer, End end) {
            ends.add(end);
        }

        @Override
        public Optional<Failure> tell(Offer offer, Progress progress) {
            Supplier<Optional<Failure>> answer = answers.poll();
            return answer == null ? Optional.empty() : answer.get();
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
        OneMore offers = new OneMore(Integer.MAX_VALUE);
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

    /** The catalog has it wait for longer than the end waits for who takes. */
    @Test
    void whatBeginsBehindTheEndIsStopped() throws Exception {
        CountDownLatch writes = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        CatalogStore whole = rows.store();
        CatalogStore slow = new CatalogStore() {
            @Override
            public <T> T read(Query<T> query) throws BackupException {
                return whole.read(query);
            }

            @Override
            public <T> T write(Change<T> change) throws BackupException {
                writes.countDown();
                try {
                    free.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return whole.write(change);
            }
        };
        OneMore offers = new OneMore(1);
        TakenJobs jobs = jobs(offers, slow);
        jobs.open();
        offers.given.countDown();
        assertTrue(writes.await(LIMIT.toMinutes(), TimeUnit.MINUTES));
        jobs.close();
        assertEquals(List.of(), offers.ends);
        free.countDown();
        await(() -> !offers.ends.isEmpty(), "it goes on");
        assertFalse(jobs.isHere(new JobId(1)));
    }

    @Test
    void aFaultInTellingOfAJobKeepsNobodyFromHearingHowItIsToEnd() throws Exception {
        OneMore offers = new OneMore(1);
        offers.answers.add(() -> {
            throw new IllegalStateException("a fault of ours");
        });
        offers.answers.add(() -> Optional.of(WISH));
        try (TakenJobs jobs = jobs(offers, rows.store())) {
            jobs.open();
            offers.given.countDown();
            assertEquals(Obstacle.CANCELLED, work.stopped.get(2, TimeUnit.MINUTES));
            await(() -> !offers.ends.isEmpty(), "its end is not told");
        }
    }
}
