package org.azekura.server.job;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
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
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.ProgressBoard;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An attempt that is offered, and whatever becomes of it. The test says how the offer stands. */
@Timeout(300)
class OfferedRunTest {

    private static final JobId ID = new JobId(1);
    private static final Offers.Offer OFFER = new Offers.Offer(ID, 1, JobRows.CLIENT, new NodeName("host"));
    private static final Offers.Progress PROGRESS = new Offers.Progress("collecting", 3, 4, 5);
    private static final Failure CANCELLED = new Failure(Obstacle.CANCELLED, Failure.Kind.OPERATOR, false, "1", "the job was cancelled");

    private final JobRows rows = new JobRows(new Pool(new PoolName("default"), new NodeName("host"), new DeviceName("default"), "disk", ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0],
            Instant.EPOCH, null));
    private final ProgressBoard board = new ProgressBoard();
    private final Table table = new Table();
    private final Desk desk = new Desk();
    private final Own own = new Own();
    private JobRecord record;
    private OfferedRun run;

    /** What is said of one offer. */
    private static final class Table implements Offers {

        private final BlockingQueue<Failure> wishes = new LinkedBlockingQueue<>();
        private Standing standing;
        private boolean away;
        /** Whether the answer to the next put is lost, and the offer is there only once somebody asks whether it can be taken back. */
        private boolean doubtful;
        /** Whether the thread is interrupted while it removes the offer. */
        private boolean interrupting;

        synchronized void say(Standing now) {
            standing = now;
        }

        synchronized void away(boolean now) {
            away = now;
        }

        private void require() throws BackupException {
            if (away) {
                throw BackupException.device("catalog.io", "", "the database is away", null);
            }
        }

        @Override
        public boolean isAnybodyThere() {
            return true;
        }

        @Override
        public synchronized boolean put(Offer offer) throws BackupException {
            require();
            if (doubtful) {
                throw BackupException.device("catalog.io", "", "the answer is lost", null);
            }
            standing = standing == null ? new Standing.Waits() : standing;
            return true;
        }

        @Override
        public synchronized boolean withdraw(Offer offer) throws BackupException {
            require();
            if (doubtful) {
                doubtful = false;
                standing = new Standing.Taken("two", PROGRESS);
            }
            if (standing instanceof Standing.Waits) {
                standing = null;
            }
            return standing == null;
        }

        @Override
        public synchronized Optional<Standing> look(Offer offer) throws BackupException {
            require();
            return Optional.ofNullable(standing);
        }

        @Override
        public synchronized void wish(Offer offer, Failure why) throws BackupException {
            require();
            wishes.add(why);
        }

        @Override
        public synchronized void remove(Offer offer) throws BackupException {
            standing = null;
            if (interrupting) {
                Thread.currentThread().interrupt();
                throw BackupException.device("catalog.io", "", "interrupted", null);
            }
        }

        @Override
        public Optional<Offer> take(Predicate<Offer> wanted, Duration patience) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Failure> tell(Offer offer, Progress progress) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void end(Offer offer, End end) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Desk implements OfferedRun.Desk {

        private final List<String> told = new ArrayList<>();
        private boolean offers = true;
        private volatile boolean closed;

        @Override
        public Offers.Offer offer() {
            return offers ? OFFER : null;
        }

        @Override
        public Offers offers() {
            if (closed) {
                throw new IllegalStateException("there is none");
            }
            return table;
        }

        @Override
        public void here() {
            told.add("here");
        }

        @Override
        public void ended() {
            told.add("ended");
        }

        @Override
        public void committed(Job end) {
            told.add("committed " + end.state());
        }
    }

    private final class Own implements Run {

        private final List<String> told = new ArrayList<>();

        @Override
        public Job carryOut() {
            told.add("carried out");
            return rows.jobs.get(ID);
        }

        @Override
        public void stop(BackupException why) {
            told.add("stop " + why.failure().code());
        }

        @Override
        public ClientName client() {
            return JobRows.CLIENT;
        }
    }

    @BeforeEach
    void begin() throws Exception {
        Job queued = new Job(ID, Job.Kind.BACKUP, Job.State.QUEUED, JobRows.CLIENT, rows.poolName(), Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
        rows.jobs.put(ID, queued);
        record = new JobRecord(rows.store(), board, queued);
        record.running();
        run = new OfferedRun(rows.store(), desk, record, own);
    }

    private void endRow(Job.State state) throws BackupException {
        Job end = record.ended(state, 7, 8, null, null);
        rows.store().write(edit -> {
            edit.putJob(end);
            return null;
        });
    }

    private FutureTask<Job> begun() {
        FutureTask<Job> task = new FutureTask<>(run::carryOut);
        Thread.ofVirtual().start(task);
        return task;
    }

    private Offers.Standing ended(Offers.End end) {
        return new Offers.Standing.Ended("two", end);
    }

    @Test
    void whatNobodyTakesIsCarriedOutHere() throws Exception {
        run.carryOut();
        assertEquals(List.of("carried out"), own.told);
        assertEquals(List.of("here", "ended"), desk.told);
        assertEquals(Optional.empty(), table.look(OFFER));
    }

    @Test
    void whatIsNotOfferedIsCarriedOutHere() throws Exception {
        desk.offers = false;
        run.carryOut();
        run.over();
        assertEquals(List.of("ended"), desk.told);
    }

    @Test
    void whatAnotherHasDoneIsDone() throws Exception {
        table.say(new Offers.Standing.Taken("two", PROGRESS));
        FutureTask<Job> task = begun();
        while (record.progress().bytes() != 4) {
            Thread.onSpinWait();
        }
        assertEquals("collecting", record.progress().phase());
        assertFalse(run.committing());
        table.say(new Offers.Standing.Taken("two", new Offers.Progress("committing", 3, 4, 5)));
        while (!run.committing()) {
            Thread.onSpinWait();
        }
        Job copy = new Job(new JobId(2), Job.Kind.COPY, Job.State.QUEUED, null, rows.poolName(), Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
        rows.store().write(edit -> {
            edit.putJob(copy);
            return null;
        });
        endRow(Job.State.DONE);
        table.say(ended(new Offers.End.Done(List.of(new JobId(2)))));
        assertEquals(Job.State.DONE, task.get(2, TimeUnit.MINUTES).state());
        assertEquals(List.of(new JobId(2)), run.next().stream().map(Job::id).toList());
        assertEquals(List.of(), own.told);
        assertEquals(List.of("committed DONE", "ended"), desk.told);
    }

    @Test
    void whatIsGivenBackIsCarriedOutHereByTheSameAttempt() throws Exception {
        table.say(ended(new Offers.End.Returned("it does not know the client")));
        run.carryOut();
        assertEquals(List.of("carried out"), own.told);
        assertTrue(rows.lines().stream().map(JobLine::text).anyMatch(line -> line.endsWith("this one does: it does not know the client")), () -> rows.lines().toString());
        assertEquals(1, record.job().attempts());
    }

    @Test
    void whatFailsElsewhereFailsHereTheSameWay() throws Exception {
        table.say(ended(new Offers.End.Failed(new Failure(Obstacle.FULL, Failure.Kind.MEDIA, true, "disk", "it is full"))));
        assertRefused(Obstacle.FULL, run::carryOut);
        assertEquals(List.of(), own.told);
    }

    @Test
    void whatAServerHadThatIsGoneGoesOnAtOnce() throws Exception {
        table.say(ended(new Offers.End.Gone()));
        BackupException why = assertRefused(Obstacle.SERVER_GONE, run::carryOut);
        assertEquals(Verdict.TURNS, Verdict.of(why));
    }

    @Test
    void whatIsInTheCatalogIsDoneThoughWhoDidItIsGone() throws Exception {
        Job lock = new Job(new JobId(2), Job.Kind.LOCK, Job.State.QUEUED, null, rows.poolName(), Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
        rows.store().write(edit -> {
            edit.putJob(lock);
            return null;
        });
        endRow(Job.State.WARNED);
        table.say(ended(new Offers.End.Gone()));
        assertEquals(Job.State.WARNED, run.carryOut().state());
        assertEquals(List.of(new JobId(2)), run.next().stream().map(Job::id).toList());
    }

    @Test
    void whoEndsItHasWhoeverHasItEndIt() throws Exception {
        table.say(new Offers.Standing.Taken("two", PROGRESS));
        FutureTask<Job> task = new FutureTask<>(run::carryOut);
        Thread thread = Thread.ofVirtual().start(task);
        while (record.progress().bytes() != 4) {
            Thread.onSpinWait();
        }
        run.stop(new BackupException(CANCELLED));
        thread.interrupt(); // as the queue does
        assertEquals(CANCELLED, table.wishes.poll(2, TimeUnit.MINUTES));
        table.say(ended(new Offers.End.Failed(CANCELLED)));
        assertEquals(Obstacle.CANCELLED, ((BackupException) assertFails(task)).failure().code());
    }

    private static Throwable assertFails(FutureTask<Job> task) throws Exception {
        try {
            throw new AssertionError(task.get(2, TimeUnit.MINUTES).toString());
        } catch (java.util.concurrent.ExecutionException e) {
            return e.getCause();
        }
    }

    @Test
    void aClientThatLeavesThisServerIsStillWithTheOther() throws Exception {
        table.say(new Offers.Standing.Taken("two", PROGRESS));
        FutureTask<Job> task = begun();
        while (record.progress().bytes() != 4) {
            Thread.onSpinWait();
        }
        run.stop(BackupException.network(Obstacle.CLIENT_LEFT, "host", "it left", null));
        assertEquals(List.of(), own.told);
        endRow(Job.State.DONE);
        table.say(ended(new Offers.End.Done(List.of())));
        task.get(2, TimeUnit.MINUTES);
        assertTrue(table.wishes.isEmpty());
    }

    @Test
    void whatAnotherHasIsNotLeftWhileTheDatabaseIsAwayThoughItIsToEnd() throws Exception {
        table.say(new Offers.Standing.Taken("two", PROGRESS));
        FutureTask<Job> task = begun();
        while (record.progress().bytes() != 4) {
            Thread.onSpinWait();
        }
        table.away(true);
        run.stop(Obstacle.stopping());
        // longer than the 5 s after which it was left once
        assertThrows(TimeoutException.class, () -> task.get(7, TimeUnit.SECONDS));
        table.away(false);
        assertEquals(Obstacle.STOPPING, table.wishes.poll(2, TimeUnit.MINUTES).code());
        endRow(Job.State.DONE);
        table.say(ended(new Offers.End.Done(List.of())));
        assertEquals(Job.State.DONE, task.get(2, TimeUnit.MINUTES).state());
    }

    @Test
    void whatNobodyHasIsTakenBackBeforeItIsLeft() throws Exception {
        FutureTask<Job> task = begun();
        while (table.look(OFFER).isEmpty()) {
            Thread.onSpinWait();
        }
        table.away(true);
        run.stop(new BackupException(CANCELLED));
        assertThrows(TimeoutException.class, () -> task.get(7, TimeUnit.SECONDS));
        table.away(false);
        assertEquals(Obstacle.CANCELLED, ((BackupException) assertFails(task)).failure().code());
        assertEquals(Optional.empty(), table.look(OFFER));
        assertEquals(List.of("stop " + Obstacle.CANCELLED), own.told);
    }

    @Test
    void withoutACatalogItEndsAsItIsTo() throws Exception {
        table.say(new Offers.Standing.Taken("two", PROGRESS));
        FutureTask<Job> task = begun();
        while (record.progress().bytes() != 4) {
            Thread.onSpinWait();
        }
        desk.closed = true;
        run.stop(Obstacle.stopping());
        assertEquals(Obstacle.STOPPING, ((BackupException) assertFails(task)).failure().code());
    }

    @Test
    void anOfferThatMayYetBecomeOneIsTakenBackBeforeItIsCarriedOutHere() throws Exception {
        table.doubtful = true;
        endRow(Job.State.DONE);
        FutureTask<Job> task = begun();
        while (record.progress().bytes() != 4 && !task.isDone()) {
            Thread.onSpinWait();
        }
        table.say(ended(new Offers.End.Done(List.of())));
        assertEquals(Job.State.DONE, task.get(2, TimeUnit.MINUTES).state());
        assertEquals(List.of(), own.told);
    }

    /** A catalog that breaks at the so many-th read. */
    private OfferedRun runWithBrokenRead(int broken) {
        CatalogStore whole = rows.store();
        AtomicInteger reads = new AtomicInteger();
        CatalogStore breaks = (CatalogStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {CatalogStore.class}, (self, method, args) -> {
            if (method.getName().equals("read") && reads.incrementAndGet() == broken) {
                throw BackupException.device("catalog.io", "", "the database is restarted", null);
            }
            try {
                return method.invoke(whole, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        Job row = rows.jobs.get(ID);
        record = new JobRecord(breaks, board, row);
        return new OfferedRun(breaks, desk, record, own);
    }

    @Test
    void nothingIsInTheWayOfAnEndThatIsInTheCatalog() throws Exception {
        for (int broken = 1; broken <= 2; broken++) {
            run = runWithBrokenRead(broken);
            endRow(Job.State.DONE);
            table.say(ended(new Offers.End.Done(List.of())));
            assertEquals(Job.State.DONE, run.carryOut().state());
            assertEquals(List.of(), run.next());
            rows.jobs.put(ID, record.job().waiting(Job.State.RUNNING, null));
        }
    }

    @Test
    void whatFailedBehindItsEndIsDone() throws Exception {
        endRow(Job.State.DONE);
        table.say(ended(new Offers.End.Failed(new Failure("catalog.io", Failure.Kind.DEVICE, true, "", "the database is restarted"))));
        assertEquals(Job.State.DONE, run.carryOut().state());
        assertEquals("behind its end: the database is restarted", rows.lines().getLast().text());
    }

    @Test
    void whoIsInterruptedBehindTheEndStillHearsOfIt() throws Exception {
        table.interrupting = true;
        endRow(Job.State.DONE);
        table.say(ended(new Offers.End.Done(List.of())));
        FutureTask<Boolean> task = new FutureTask<>(() -> run.carryOut().state() == Job.State.DONE && !Thread.interrupted());
        Thread.ofVirtual().start(task);
        assertTrue(task.get(2, TimeUnit.MINUTES));
        assertTrue(run.committing());
    }

    @Test
    void aVolumeThatIsGoneElsewhereIsLookedAfterHere() throws Exception {
        table.say(ended(new Offers.End.Failed(new Failure(Obstacle.MISSING, Failure.Kind.MEDIA, false, "disk", "it is gone"))));
        assertEquals(Verdict.TURNS, Verdict.of(assertRefused(Obstacle.SERVER_GONE, run::carryOut)));
    }
}
