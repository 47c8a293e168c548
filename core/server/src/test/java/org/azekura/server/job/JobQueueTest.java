package org.azekura.server.job;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.StreamSource;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.PowerState;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.JobResult;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.host.Hosts;
import org.azekura.server.job.backup.CopiesDoor;
import org.azekura.server.job.errand.LibraryWork;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.Stage;
import org.azekura.server.job.run.Verdict;
import org.azekura.server.pool.MediaPools;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of jobs that an earlier run of the server left. Nobody is connected, so backups that go on are parked at once. */
class JobQueueTest {

    private static final SaveSet SET = new SaveSet(new SaveSetName("set"), List.of(RawPath.of("/srv")), List.of(), false);
    private static final JobOrder BACKUP = new JobOrder.Backup(null, null, SET, null, false);

    private static final JobOrder.Verify VERIFY = new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0);

    private final JobRows rows = new JobRows(new Pool(new PoolName("default"), new NodeName("host"), new DeviceName("default"), "disk",
            ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0], Instant.EPOCH, null));
    private JobQueue queue;

    @BeforeEach
    void begin() throws Exception {
        begin(null);
    }

    private void begin(LibraryWork libraries) throws Exception {
        CatalogStore catalog = rows.store();
        Hosts hosts = new Hosts();
        MediaPools pools = new MediaPools(new ApplianceId(1, 1), new NodeName("host"), catalog, hosts, null, null, null);
        Stage stage = new Stage(new ApplianceId(1, 1), catalog, hosts, pools, null, null, new NodeName("host"), null, null, ServerClock.open(catalog));
        queue = new JobQueue(catalog, new JobFactory(stage, new SnapshotBrowser(catalog, null, null, null, stamp -> stamp, null, null, null), () -> { }, null, libraries),
                new NodeName("here"));
    }

    @AfterEach
    void end() {
        queue.close();
    }

    private void left(long id, Job.Kind kind, Job.State state, int attempts, JobOrder order) {
        JobId job = new JobId(id);
        rows.jobs.put(job, new Job(job, kind, state, JobRows.CLIENT, rows.poolName(), Instant.EPOCH, null, 0, 0, null, null, attempts,
                JobCodecs.ORDERS.encode(order), null));
    }

    private void await(Predicate<JobProgress> seen, Step step) throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        AutoCloseable watch = queue.watch(progress -> {
            if (seen.test(progress)) {
                latch.countDown();
            }
        });
        try {
            step.run();
            assertTrue(latch.await(120, TimeUnit.SECONDS), () -> rows.states() + " " + rows.lines());
        } finally {
            watch.close();
        }
    }

    private static Predicate<JobProgress> parkedAfterARun() {
        AtomicBoolean began = new AtomicBoolean();
        return progress -> {
            if (progress.phase().equals("starting")) {
                began.set(true);
            }
            return began.get() && progress.phase().equals("parked");
        };
    }

    private interface Step {
        void run() throws Exception;
    }

    @Test
    void aBackupThatRanReliesOnPagesThatNobodyNames() throws Exception {
        left(1, Job.Kind.BACKUP, Job.State.RUNNING, 1, BACKUP);
        queue.settle();
        assertFalse(queue.active().reliesOnEarlierPages());
        await(parkedAfterARun(), queue::resume);
        assertTrue(queue.active().reliesOnEarlierPages());
    }

    @Test
    void aBackupThatRanGoesOnAndItsStateIsInTheCatalogFirst() throws Exception {
        left(1, Job.Kind.BACKUP, Job.State.RUNNING, 3, BACKUP);
        queue.settle();
        assertEquals(List.of("1 PARKED 3"), rows.states());
        await(parkedAfterARun(), queue::resume);
        // The attempt counts while it runs; that nobody was there is not its fault.
        assertEquals(List.of("1 PARKED 3", "1 RUNNING 4", "1 PARKED 3"), rows.states());
        assertTrue(rows.job(1).error().contains("client host is not connected"), rows.job(1)::toString);
    }

    @Test
    void aBackupIsHeldWhileItsNodeRunsOnBattery() throws Exception {
        NodeName node = new NodeName("host");
        queue.power(node, power(true));
        left(1, Job.Kind.BACKUP, Job.State.QUEUED, 0, BACKUP);
        queue.settle();
        await(progress -> progress.phase().equals("held"), queue::resume);
        assertEquals(List.of("1 QUEUED 0"), rows.states());
        assertTrue(rows.job(1).error().startsWith("storage node host runs on battery: ups1 says so"), rows.job(1)::toString);
        await(parkedAfterARun(), () -> queue.power(node, power(false)));
        assertEquals("1 RUNNING 1", rows.states().get(1));
    }

    private static NodeReport.Power power(boolean held) {
        return new NodeReport.Power(new DeviceName("ups1"), held ? PowerState.Supply.BATTERY : PowerState.Supply.MAINS, held, -1, -1, Instant.EPOCH, "");
    }

    @Test
    void aHeldJobIsCancelledAsAnyOther() throws Exception {
        queue.power(new NodeName("here"), power(true));
        left(1, Job.Kind.BACKUP, Job.State.QUEUED, 0, BACKUP);
        queue.settle();
        await(progress -> progress.phase().equals("held"), queue::resume);
        assertRefused("job.running", () -> queue.resume(new JobId(1)));
        assertEquals(Job.State.CANCELLED, queue.cancel(new JobId(1)).state());
    }

    @Test
    void aBackupIsNotBegunForEver() throws Exception {
        left(1, Job.Kind.BACKUP, Job.State.RUNNING, Parking.MAX_ATTEMPTS, BACKUP);
        queue.settle();
        queue.resume();
        assertEquals(Job.State.FAILED, rows.job(1).state());
        assertTrue(rows.job(1).error().contains("8 times"), rows.job(1)::toString);
        assertTrue(rows.job(1).error().contains("the server stopped while this job ran"), rows.job(1)::toString);
    }

    @Test
    void whatCannotGoOnHasFailedAndSaysWhy() throws Exception {
        left(1, Job.Kind.VERIFY, Job.State.RUNNING, 1, VERIFY);
        left(2, Job.Kind.BACKUP, Job.State.RUNNING, 1, new JobOrder.Backup(null, null, SET, new StreamSource(RawPath.of("db"), 7), false));
        queue.settle();
        assertEquals(Job.State.FAILED, rows.job(1).state());
        assertTrue(rows.job(1).error().endsWith("a verify does not go on where it was cut off; run it again"), rows.job(1)::toString);
        assertEquals(Job.State.FAILED, rows.job(2).state());
        assertTrue(rows.job(2).error().endsWith("a stream comes only once; begin the command again"), rows.job(2)::toString);
        for (long job : new long[] {1, 2}) {
            BackupException refused = assertThrows(BackupException.class, () -> queue.resume(new JobId(job)));
            assertEquals("job.once", refused.failure().code());
        }
    }

    @Test
    void whatEndedWellIsNotResumedAndWhatRunsNeither() throws Exception {
        left(1, Job.Kind.BACKUP, Job.State.WARNED, 1, BACKUP);
        assertEquals("job.done", assertThrows(BackupException.class, () -> queue.resume(new JobId(1))).failure().code());
        assertEquals("job.unknown", assertThrows(BackupException.class, () -> queue.resume(new JobId(9))).failure().code());
        left(2, Job.Kind.BACKUP, Job.State.FAILED, 8, BACKUP);
        assertEquals("client.offline", assertThrows(BackupException.class, () -> queue.resume(new JobId(2))).failure().code());
        assertEquals(Job.State.FAILED, rows.job(2).state());
        assertEquals(List.of(), rows.states());
    }

    @Test
    void aParkedJobTriesAtOnceWhenItIsResumed() throws Exception {
        left(1, Job.Kind.BACKUP, Job.State.PARKED, 2, BACKUP);
        queue.settle();
        await(parkedAfterARun(), queue::resume);
        await(progress -> progress.phase().equals("starting"), () -> {
            for (boolean woken = false; !woken;) {
                try {
                    queue.resume(new JobId(1));
                    woken = true;
                } catch (BackupException e) {
                    // Between its state in the catalog and its wait lies a moment.
                    assertEquals("job.running", e.failure().code());
                }
            }
        });
        queue.cancel(new JobId(1));
        assertEquals(Job.State.CANCELLED, rows.job(1).state());
    }

    @Test
    void whatWaitsForAHostThatIsRevokedFailsByName() throws Exception {
        BackupException why = BackupException.operator("host.revoked", "client/host", "client/host was revoked");
        left(1, Job.Kind.BACKUP, Job.State.PARKED, 2, BACKUP);
        queue.settle();
        await(parkedAfterARun(), queue::resume);
        queue.active().revoked(new ClientName("other"), why);
        queue.active().revoked(new NodeName("other"), why);
        assertEquals(Job.State.PARKED, rows.job(1).state());
        await(progress -> progress.state() == Job.State.FAILED, () -> queue.active().revoked(JobRows.CLIENT, why));
        assertEquals("client/host was revoked", rows.job(1).error());
        left(2, Job.Kind.BACKUP, Job.State.PARKED, 2, BACKUP);
        queue.settle();
        await(parkedAfterARun(), queue::resume);
        await(progress -> progress.state() == Job.State.FAILED, () -> queue.active().revoked(new NodeName("host"), why));
        assertEquals(Job.State.FAILED, rows.job(2).state());
    }

    @Test
    void aCopyThatWasOrderedWithItsSnapshotIsBegunByTheNextStartIfTheServerStoppedInBetween() throws Exception {
        Snapshot snapshot = Rows.snapshot(7, "main", "host", "set");
        rows.snapshots.add(snapshot);
        CopiesDoor copies = rows.store().write(edit -> CopiesDoor.put(edit, snapshot, List.of(new PoolName("main"), rows.poolName())));
        assertEquals(List.of(new JobResult.OrderedCopy(rows.poolName(), new JobId(1))), copies.told());
        queue.close();
        queue.begin(copies.jobs());
        assertEquals(List.of("1 QUEUED 0"), rows.states(), "one that stops begins nothing");

        begin();
        queue.settle();
        await(progress -> progress.phase().equals("starting"), queue::resume);
        assertEquals(new JobOrder.Copy(rows.poolName(), null, snapshot.id()), queue.order(new JobId(1)));
        assertEquals(List.of("1 QUEUED 0", "1 RUNNING 1"), rows.states().subList(0, 2));
    }

    @Test
    void aCopyThatCannotBeBegunHasFailedAndSaysWhy() throws Exception {
        Snapshot gone = Rows.snapshot(7, "main", "host", "set");
        queue.begin(rows.store().write(edit -> CopiesDoor.put(edit, gone, List.of(rows.poolName()))).jobs());
        assertEquals(Job.State.FAILED, rows.job(1).state());
        assertTrue(rows.job(1).error().contains("there is no snapshot"), rows.job(1)::error);
    }

    /** Somebody else began it, or saw it end, between the look and the refusal. */
    @Test
    void whatCannotBeBegunFailsOnlyIfItWaitsStill() throws Exception {
        Snapshot gone = Rows.snapshot(7, "main", "host", "set");
        List<Job> jobs = rows.store().write(edit -> CopiesDoor.put(edit, gone, List.of(rows.poolName()))).jobs();
        for (Job.State now : Job.State.values()) {
            boolean waits = now == Job.State.QUEUED || now == Job.State.PARKED;
            rows.jobs.put(new JobId(1), jobs.getFirst().waiting(now, null));
            queue.begin(jobs);
            assertEquals(waits ? Job.State.FAILED : now, rows.job(1).state());
            assertEquals(waits, rows.job(1).error() != null);
        }
        rows.jobs.clear();
        queue.begin(jobs);
        assertEquals(List.of(), List.copyOf(rows.jobs.keySet()), "one that was deleted stays so");
    }

    @Test
    void aCopyThatHasBegunIsLeftAloneByWhoeverFindsItInTheCatalog() throws Exception {
        NodeName node = new NodeName("host");
        queue.power(node, power(true));
        Snapshot snapshot = Rows.snapshot(7, "main", "host", "set");
        rows.snapshots.add(snapshot);
        List<Job> copies = rows.store().write(edit -> CopiesDoor.put(edit, snapshot, List.of(rows.poolName()))).jobs();
        await(progress -> progress.phase().equals("held"), () -> queue.begin(copies));
        rows.snapshots.clear();
        queue.begin(copies);
        assertEquals(Job.State.QUEUED, rows.job(1).state());
    }

    @Test
    void onlyWhatIsWorthATryIsTriedAgain() {
        Checked backup = new Checked.Backup((JobOrder.Backup) BACKUP, null, null);
        assertEquals(Verdict.WAITS, verdict(backup, "client.left"));
        assertEquals(Verdict.WAITS, verdict(backup, "device.full"));
        assertEquals(Verdict.WAITS, verdict(backup, "media.none"));
        assertEquals(Verdict.WAITS, verdict(backup, "volume.missing"));
        assertEquals(Verdict.WAITS, Parking.verdict(backup, BackupException.network("trees.away", "", "why", null)));
        assertEquals(Verdict.WAITS, Parking.verdict(backup, BackupException.network("trees.behind", "", "why", null)));
        assertEquals(Verdict.TRIES_AGAIN, Parking.verdict(backup, BackupException.network("transport.closed", "", "gone", null)));
        assertEquals(Verdict.TRIES_AGAIN, verdict(backup, "snapshot.incomplete"));
        assertEquals(Verdict.ENDS, verdict(backup, "root.missing"));
        Checked restore = new Checked.Restore(new JobOrder.Restore(null, List.of(), null, null, null, false), null, null, null, null);
        assertEquals(Verdict.TRIES_AGAIN, Parking.verdict(restore, BackupException.network("transport.closed", "", "gone", null)));
        assertEquals(Verdict.ENDS, verdict(restore, "path.unknown"));
        Checked verify = new Checked.Verify(VERIFY, List.of(), null, null);
        assertEquals(Verdict.ENDS, Parking.verdict(verify, BackupException.network("transport.closed", "", "gone", null)));
    }

    private static Verdict verdict(Checked checked, String code) {
        return Parking.verdict(checked, BackupException.operator(code, "", "why"));
    }

    @Test
    void everyStepIsInTheJobsLog() throws Exception {
        left(1, Job.Kind.BACKUP, Job.State.RUNNING, 1, BACKUP);
        queue.settle();
        await(parkedAfterARun(), queue::resume);
        assertEquals(List.of("parked: the server stopped while this job ran",
                "parked: client host is not connected; start it, or wait until it has joined again"), rows.lines().stream().map(JobLine::text).toList());
    }

    /** Its storage node joins again some seconds later than the server is there. */
    @Test
    void anOrderAboutALibraryThatWaitedWaitsForItsNode() throws Exception {
        AtomicBoolean joined = new AtomicBoolean();
        begin(new LibraryWork() {
            @Override
            public PoolName check(JobOrder.OfLibrary order) throws BackupException {
                if (!joined.get()) {
                    throw BackupException.operator("device.unknown", "shelf", "there is no library shelf");
                }
                return null;
            }

            @Override
            public void carryOut(JobOrder.OfLibrary order, Story story) throws BackupException {
                check(order);
            }
        });
        left(1, Job.Kind.INVENTORY, Job.State.QUEUED, 0, new JobOrder.Inventory(new DeviceName("shelf"), null, false));
        left(2, Job.Kind.INVENTORY, Job.State.QUEUED, 0, new JobOrder.Inventory(new DeviceName("shelf"), null, false));
        queue.settle();
        queue.resume();
        assertEquals(Job.State.QUEUED, rows.job(1).state(), rows.job(1)::error);
        assertEquals(Job.State.CANCELLED, queue.cancel(new JobId(2)).state());
        await(progress -> progress.state() == Job.State.DONE, () -> joined.set(true));
        assertEquals(Job.State.CANCELLED, rows.job(2).state());
    }
}
