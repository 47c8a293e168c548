package org.azekura.server.proof;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.server.DrillPlans;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Policies;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.schedule.Scheduler;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of drills over a real catalog; their jobs only lie in it. */
class DrillPlansTest {

    private static final PolicyName MONTHLY = new PolicyName("monthly");
    private static final PoolName MAIN = new PoolName("main");
    private static final PoolName VAULT = new PoolName("vault");
    private static final PoolName COPIES = new PoolName("main.in.vault");
    private static final SaveSetId ETC = new SaveSetId(new ClientName("web"), new SaveSetName("etc"));
    private static final SaveSetId WWW = new SaveSetId(new ClientName("web"), new SaveSetName("www"));

    @TempDir
    Path home;
    private CatalogDoor door;
    private CatalogStore catalog;
    private volatile Instant now = Instant.parse("2026-11-27T03:00:00Z");
    private final List<JobOrder.Drill> orders = new ArrayList<>();
    private final List<Job> begun = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch on = new CountDownLatch(1);
    private Scheduler scheduler;
    private DrillPlans plans;

    private Scheduler.Queue queue() {
        return new Scheduler.Queue() {
            @Override
            public CatalogStore.Change<Job> prepare(JobOrder order, PolicyName policy, boolean there) {
                return edit -> {
                    orders.add((JobOrder.Drill) order);
                    JobId id = edit.nextJob();
                    Job job = new Job(id, Job.Kind.DRILL, Job.State.QUEUED, ETC.client(), null, now, null, 0, 0, null, null, 0, new byte[] {1}, null);
                    edit.putJob(job);
                    return job;
                };
            }

            @Override
            public void begin(List<Job> queued) {
                begun.addAll(queued);
                on.countDown();
            }
        };
    }

    @BeforeEach
    void begin() throws Exception {
        door = new CatalogDoor(home);
        catalog = door.catalog();
        scheduler = new Scheduler(catalog, queue(), DrillCourse::all, () -> now, ZoneOffset.UTC);
        plans = new KeptDrillPlans(catalog, scheduler, () -> now);
        door.change(edit -> {
            for (PoolName pool : List.of(MAIN, VAULT, COPIES)) {
                edit.putPool(Rows.pool(pool.value()));
            }
            edit.putReplica(new Replica(COPIES, MAIN, VAULT));
            edit.putClient(Rows.client("web"));
            for (SaveSetId set : List.of(ETC, WWW)) {
                edit.putSaveSet(new KeptSaveSet(set.client(), null, new SaveSet(set.name(), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
            }
        });
    }

    @AfterEach
    void end() throws Exception {
        scheduler.close();
        door.close();
    }

    private Snapshot save(long high, SaveSetId set, int day) throws BackupException {
        Snapshot snapshot = Rows.snapshot(high, "main", "web", set.name().value()).received(Rows.TIME.plus(Duration.ofDays(day)));
        door.change(edit -> edit.putSnapshot(snapshot));
        return snapshot;
    }

    private void copy(Snapshot snapshot) throws BackupException {
        door.change(edit -> edit.putCopy(new SnapshotCopy(snapshot.id(), COPIES, new JobId(1), Rows.TIME, false)));
    }

    private void proven(long job, SaveSetId set, PoolName pool, Proof.Outcome outcome) throws BackupException {
        door.change(edit -> edit.putProof(new Proof(new JobId(job), Rows.snapshot(1, "main", "web", "etc").id(), Rows.TIME, set, pool, set.client(), null, now, now, 1, 2, 0, List.of(),
                Proof.Times.NONE, outcome)));
    }

    private DrillPlans.Wanted wanted(Timing timing, String... sets) {
        return new DrillPlans.Wanted(MONTHLY, List.of(sets), List.of(), 50_000, 0, null, timing);
    }

    @Test
    void givesEachCopyItsTurnAndRehearsesTheNewestInIt() throws Exception {
        Snapshot old = save(1, ETC, 0);
        copy(old);
        Snapshot newest = save(2, ETC, 1);
        plans.create(wanted(DrillPlans.USUAL, "web/etc"));
        plans.run(MONTHLY);
        proven(1, ETC, MAIN, Proof.Outcome.PROVEN);
        plans.run(MONTHLY);
        proven(2, ETC, VAULT, Proof.Outcome.FAILED);
        proven(3, WWW, VAULT, Proof.Outcome.PROVEN);
        plans.run(MONTHLY);
        assertEquals(List.of(MAIN, VAULT, MAIN), orders.stream().map(JobOrder.Drill::fromCopy).toList());
        assertEquals(List.of(newest.id(), old.id(), newest.id()), orders.stream().map(JobOrder.Drill::snapshot).toList());
        assertEquals(new JobOrder.DrillSample(50_000, 0, 0), orders.getFirst().sample());
        assertEquals(begun.stream().map(Job::id).toList(), catalog.read(view -> view.jobs(true)).stream().map(Job::id).toList());
        assertEquals(3, plans.runs(MONTHLY, 9).size());
    }

    @Test
    void namesASaveSetThatThereIsNothingOfAndRunsTheOthers() throws Exception {
        save(1, ETC, 0);
        plans.create(new DrillPlans.Wanted(MONTHLY, List.of("www", "etc"), List.of(), 1_000_000, 0, null, DrillPlans.USUAL));
        List<Policies.Begun> told = plans.run(MONTHLY);
        assertEquals("drill.nothing", told.getFirst().failure().code());
        assertEquals(null, told.getFirst().job());
        assertEquals(begun.getFirst().id(), told.getLast().job().id());
        assertEquals(null, orders.getFirst().sample(), "all of it");
        plans.change(new DrillPlans.Wanted(MONTHLY, List.of("etc"), List.of(VAULT), 1_000_000, 0, null, DrillPlans.USUAL));
        assertTrue(plans.run(MONTHLY).getFirst().failure().message().contains("it is in main"), "there is no copy in the vault");
    }

    @Test
    void runsByItsScheduleOnceHoweverOftenItWasMissed() throws Exception {
        save(1, ETC, 0);
        plans.create(wanted(new Timing("hourly"), "etc"));
        now = now.plus(Duration.ofHours(5)).plusSeconds(1);
        scheduler.begin();
        scheduler.wake();
        assertTrue(on.await(120, TimeUnit.SECONDS), "its job has begun");
        List<PolicyRun> runs = plans.runs(MONTHLY, 9);
        assertEquals(1, runs.size());
        assertEquals(Instant.parse("2026-11-27T08:00:00Z"), runs.getFirst().due());
        assertEquals(PolicyRun.Outcome.RUNNING, runs.getFirst().outcome());
        assertEquals(begun.getFirst().id(), runs.getFirst().parts().getFirst().job());
    }

    @Test
    void refusesWhatIsWrongAndChangesNothing() throws Exception {
        assertRefused("saveset.unknown", () -> plans.create(wanted(DrillPlans.USUAL, "nope")));
        assertRefused("plan.invalid", () -> plans.create(wanted(DrillPlans.USUAL)));
        assertRefused("plan.invalid", () -> plans.create(wanted(DrillPlans.USUAL, "etc", "web/etc")));
        assertRefused("plan.invalid", () -> plans.create(new DrillPlans.Wanted(MONTHLY, List.of("etc"), List.of(), 0, 0, null, DrillPlans.USUAL)));
        assertRefused("pool.unknown", () -> plans.create(new DrillPlans.Wanted(MONTHLY, List.of("etc"), List.of(COPIES), 1, 0, null, DrillPlans.USUAL)));
        assertRefused("client.unknown", () -> plans.create(new DrillPlans.Wanted(MONTHLY, List.of("etc"), List.of(), 1, 0, new ClientName("nope"), DrillPlans.USUAL)));
        assertRefused("schedule.invalid", () -> plans.create(wanted(new Timing("sometimes"), "etc")));
        assertRefused("plan.unknown", () -> plans.change(wanted(DrillPlans.USUAL, "etc")));
        assertRefused("plan.unknown", () -> plans.delete(MONTHLY));
        assertEquals(List.of(), plans.list());
        plans.create(wanted(DrillPlans.USUAL, "etc"));
        assertRefused("plan.exists", () -> plans.create(wanted(DrillPlans.USUAL, "etc")));
        plans.delete(MONTHLY);
        assertEquals(List.of(), plans.list());
    }

    @Test
    void tellsOfEachCopyHowItStands() throws Exception {
        copy(save(1, ETC, 0));
        save(2, WWW, 0);
        proven(5, ETC, MAIN, Proof.Outcome.PROVEN);
        proven(6, ETC, MAIN, Proof.Outcome.FAILED);
        proven(7, ETC, new PoolName("gone"), Proof.Outcome.PROVEN);
        List<String> told = catalog.read(Standings::of).stream().map(one -> one.saveSet() + " " + one.pool() + " " + number(one.proven()) + " " + number(one.last())).toList();
        assertEquals(List.of("web/etc main 5 6", "web/etc vault - -", "web/www main - -"), told);
    }

    private static String number(Proof proof) {
        return proof == null ? "-" : proof.job().toString();
    }

    @Test
    void warnsOfWhatFailedAndOfWhatWasNotProvenForTwoRuns() throws Exception {
        save(1, ETC, 0);
        plans.create(wanted(new Timing("daily 03:00"), "etc"));
        assertEquals(List.of(), warnings(now.plus(Duration.ofDays(9))), "it has not run yet");
        proven(5, ETC, MAIN, Proof.Outcome.PROVEN);
        assertEquals(List.of(), warnings(now.plus(Duration.ofHours(47))));
        assertTrue(warnings(now.plus(Duration.ofHours(49))).getFirst().startsWith("save set web/etc was proven last at 2026-11-27T03:00:00Z"), "twice its rhythm");
        proven(6, ETC, MAIN, Proof.Outcome.FAILED);
        assertEquals(List.of("the last drill of save set web/etc from pool main failed at 2026-11-27T03:00:00Z; \"azekura drill show 6\" says why"), warnings(now));
    }

    private List<String> warnings(Instant at) throws BackupException {
        return catalog.read(view -> ProofAlerts.of(view, scheduler, at).stream().map(Alert::text).toList());
    }

    @Test
    void knowsWhereASaveSetLies() throws Exception {
        Snapshot one = save(1, ETC, 2);
        copy(save(3, ETC, 1));
        Map<PoolName, Snapshot> where = catalog.read((CatalogView view) -> Copies.of(view, ETC));
        assertEquals(List.of(MAIN, VAULT), List.copyOf(where.keySet()));
        assertEquals(one.id(), where.get(MAIN).id());
        assertEquals(List.copyOf(catalog.read(Copies::newest).get(ETC).entrySet()), where.entrySet().stream().map(there -> Map.entry(there.getKey(), there.getValue().id())).toList(), "as for all save sets");
    }
}
