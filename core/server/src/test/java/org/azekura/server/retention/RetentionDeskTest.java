package org.azekura.server.retention;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real catalog, with a clock of the test. */
class RetentionDeskTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");
    private static final PolicyName NIGHTLY = new PolicyName("nightly");
    private static final PoolName MAIN = new PoolName("main");
    private static final PoolName OTHER = new PoolName("other");

    @TempDir
    private Path home;
    private CatalogDoor door;
    private Instant now = BEGIN.plus(Duration.ofDays(100));
    private Duration unproven = Duration.ZERO;
    private boolean frozen;
    private boolean connected = true;
    private long nanos;
    private final Ages ages = new Ages(() -> now, at -> at, (since, keep) -> !frozen && !since.plus(keep).isAfter(now), () -> unproven);
    private RetentionDesk desk;
    private final List<JobOrder> orders = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        desk = new RetentionDesk(door.catalog(), ages);
        door.catalog().write(edit -> {
            edit.putClient(Rows.client("web"));
            edit.putSaveSet(new KeptSaveSet(new ClientName("web"), null, new SaveSet(new SaveSetName("docs"), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
            for (String pool : new String[] {"main", "other", "apart"}) {
                edit.putPool(Records.with(Rows.pool(pool), "group", pool.equals("apart") ? null : Rows.pool(pool).group()));
            }
            return null;
        });
        for (int day = 1; day <= 4; day++) {
            put(day, "main", "docs");
        }
    }

    @AfterEach
    void close() {
        door.close();
    }

    private static SnapshotId id(int day) {
        return new SnapshotId(day, 1);
    }

    private void put(int day, String pool, String saveSet) throws Exception {
        Snapshot made = Rows.snapshot(day, pool, "web", saveSet).received(BEGIN.plus(Duration.ofDays(day)));
        door.catalog().write(edit -> {
            edit.putSnapshot(made);
            return null;
        });
    }

    private void policy(String name, PoolName pool, String keep) throws Exception {
        door.catalog().write(edit -> {
            edit.putPolicy(new Policy(new PolicyName(name), pool, List.of(new SaveSetId(new ClientName("web"), new SaveSetName("docs"))), List.of(), Timing.BY_HAND,
                    Keep.parse(keep)));
            return null;
        });
    }

    private void job(Job.Kind kind, Job.State state, SnapshotId holds, JobOrder order) throws Exception {
        door.catalog().write(edit -> {
            edit.putJob(new Job(edit.nextJob(), kind, state, null, MAIN, BEGIN, null, 0, 0, null, holds, 1, JobCodecs.ORDERS.encode(order), null));
            return null;
        });
    }

    private List<Long> due() throws Exception {
        return desk.due(null).stream().map(snapshot -> snapshot.id().high()).toList();
    }

    @Test
    void hasNothingExpireThatNoPolicyNames() throws Exception {
        assertEquals(List.of(), due());
        policy("nightly", new PoolName("apart"), "last=1");
        assertEquals(List.of(), due());
        assertEquals(List.of("free"), desk.stay(id(1)).reasons().stream().map(reason -> reason.kind()).toList());
    }

    @Test
    void hasThoseExpireThatNoPolicyWants() throws Exception {
        policy("nightly", MAIN, "last=1");
        assertEquals(List.of(1L, 2L, 3L), due());
        policy("hourly", MAIN, "daily=2");
        assertEquals(List.of(1L, 2L), due());
        assertEquals(List.of("daily 2026-01-05", "last 1"), desk.stay(id(4)).reasons().stream().map(reason -> reason.text()).toList());
        assertTrue(desk.stays(NIGHTLY).getFirst().expires());
        door.catalog().write(edit -> {
            edit.deletePolicy(NIGHTLY);
            edit.deletePolicy(new PolicyName("hourly"));
            return null;
        });
        assertEquals(List.of(), due());
        assertRefused("policy.unknown", () -> desk.stays(NIGHTLY));
    }

    @Test
    void countsWhatWentToAnotherPoolOfTheGroup() throws Exception {
        put(5, "other", "docs");
        put(6, "apart", "docs");
        policy("nightly", MAIN, "last=1");
        assertEquals(List.of(1L, 2L, 3L, 4L), due());
        policy("there", OTHER, "last=1");
        assertEquals(List.of(1L, 2L, 3L), due());
    }

    @Test
    void hasNothingExpireWhileTheTimeIsFrozen() throws Exception {
        policy("nightly", MAIN, "last=1");
        frozen = true;
        assertEquals(List.of(), due());
        assertEquals("fresh", desk.stay(id(1)).reasons().getFirst().kind());
    }

    @Test
    void keepsWhatIsPinnedUntilThatIsOver() throws Exception {
        policy("nightly", MAIN, "last=1");
        desk.pin(id(1), null, null, "");
        desk.pin(id(2), Duration.ofDays(10), null, "audit");
        desk.pin(id(3), null, now.plus(Duration.ofDays(20)), "");
        assertEquals(List.of(), due());
        assertEquals("pinned until 2026-04-21T12:00:00Z (audit)", desk.stay(id(2)).reasons().getFirst().text());
        assertEquals("audit", desk.stay(id(2)).pin().why());
        now = now.plus(Duration.ofDays(10));
        assertEquals(List.of(2L), due());
        assertNull(desk.stay(id(2)).pin());
        now = now.plus(Duration.ofDays(10));
        assertEquals(List.of(2L, 3L), due());
        desk.unpin(id(1));
        assertEquals(List.of(1L, 2L, 3L), due());
        assertRefused("pin.unknown", () -> desk.unpin(id(1)));
    }

    @Test
    void refusesPinsThatAreNone() {
        assertRefused("snapshot.unknown", () -> desk.pin(id(99), null, null, ""));
        assertRefused("pin.invalid", () -> desk.pin(id(1), Duration.ofDays(1), now.plusSeconds(1), ""));
        assertRefused("pin.invalid", () -> desk.pin(id(1), null, now, ""));
        assertRefused("pin.invalid", () -> desk.pin(id(1), Duration.ZERO, null, ""));
        assertRefused("pin.invalid", () -> desk.pin(id(1), null, Instant.MAX, ""));
        assertRefused("pin.invalid", () -> desk.pin(id(1), null, null, "two\nlines"));
    }

    @Test
    void refusesToHaveLockedAndPinnedSnapshotsDeleted() throws Exception {
        desk.pin(id(1), Duration.ofDays(10), null, "");
        requireNone(2);
        assertTrue(assertRefused("snapshot.pinned", () -> requireNone(1)).getMessage().contains("unpin"));
        lock(MAIN, Duration.ofDays(98));
        assertRefused("snapshot.locked", () -> requireNone(3));
        requireNone(2);
        now = now.plus(Duration.ofDays(9));
        requireNone(3);
        unproven = Duration.ofDays(10);
        assertRefused("snapshot.locked", () -> requireNone(3));
        unproven = Duration.ZERO;
        now = now.plus(Duration.ofDays(1));
        requireNone(1);
        frozen = true;
        assertRefused("snapshot.locked", () -> requireNone(1));
    }

    @Test
    void keepsWhatIsLockedWhereACopyOfItLies() throws Exception {
        policy("nightly", MAIN, "last=1");
        PoolName copies = new PoolName("main.in.other");
        door.catalog().write(edit -> {
            edit.putPool(Rows.pool(copies.value()));
            edit.putReplica(new Replica(copies, MAIN, OTHER));
            edit.putCopy(new SnapshotCopy(id(2), copies, new JobId(7), BEGIN, false));
            edit.putLock(OTHER, Duration.ofDays(365));
            return null;
        });
        assertEquals(List.of(1L, 3L), due());
        assertEquals(BEGIN.plus(Duration.ofDays(2 + 365)), desk.stay(id(2)).lockedUntil());
        assertNull(desk.stay(id(1)).lockedUntil());
        assertRefused("snapshot.locked", () -> requireNone(2));
    }

    private void lock(PoolName pool, Duration time) throws Exception {
        door.catalog().write(edit -> {
            edit.putLock(pool, time);
            return null;
        });
    }

    private void requireNone(int day) throws BackupException {
        door.catalog().read(view -> {
            new Holds(view, ages).requireNone(view.snapshot(id(day)).orElseThrow());
            return null;
        });
    }

    @Test
    void keepsWhatJobsNeedThatHaveNotEnded() throws Exception {
        policy("nightly", MAIN, "last=1");
        job(Job.Kind.PRUNE, Job.State.RUNNING, id(1), new JobOrder.Prune(MAIN, false));
        job(Job.Kind.COPY, Job.State.QUEUED, null, new JobOrder.Copy(OTHER, null, id(2)));
        assertEquals(List.of(3L), due());
        assertTrue(desk.stay(id(1)).reasons().getFirst().text().startsWith("used by job "));
        job(Job.Kind.COPY, Job.State.PARKED, null, new JobOrder.Copy(OTHER, MAIN, null));
        assertEquals(List.of(), due());
    }

    /** They are read some at a time. */
    @Test
    void keepsWhatTheLastOfThousandsOfWaitingCopiesNeeds() throws Exception {
        policy("nightly", MAIN, "last=1");
        byte[] another = JobCodecs.ORDERS.encode(new JobOrder.Copy(OTHER, null, id(99)));
        door.catalog().write(edit -> {
            for (int i = 0; i < 1_200; i++) {
                edit.putJob(new Job(edit.nextJob(), Job.Kind.COPY, Job.State.QUEUED, null, MAIN, BEGIN, null, 0, 0, null, null, 0, another, null));
            }
            return null;
        });
        job(Job.Kind.COPY, Job.State.QUEUED, null, new JobOrder.Copy(OTHER, null, id(2)));
        assertEquals(List.of(1L, 3L), due());
    }

    @Test
    void tellsOfSomeClientsWhatItTellsOfEach() throws Exception {
        policy("nightly", MAIN, "last=1");
        door.catalog().write(edit -> {
            edit.putClient(Rows.client("db"));
            edit.putSnapshot(Rows.snapshot(2, "main", "db", "docs").received(BEGIN));
            return null;
        });
        ClientName web = new ClientName("web");
        ClientName db = new ClientName("db");
        assertEquals(desk.stays((ClientName) null).stream().map(Object::toString).toList(), desk.stays(List.of(db, web)).stream().map(Object::toString).toList());
        assertEquals(desk.stays(web).toString(), desk.stays(List.of(web)).toString());
    }

    private RetentionKeeper keeper() {
        Jobs jobs = (Jobs) Proxy.newProxyInstance(Jobs.class.getClassLoader(), new Class<?>[] {Jobs.class}, (self, method, args) -> switch (method.getName()) {
            case "list" -> List.of();
            case "submit" -> {
                orders.add((JobOrder) args[0]);
                yield Rows.job(orders.size(), Job.State.QUEUED);
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
        RetentionKeeper keeper = new RetentionKeeper(door.catalog(), desk, ages, jobs, node -> connected, () -> nanos);
        keeper.pruneEvery(Duration.ofDays(1));
        return keeper;
    }

    @Test
    void ordersAnExpiryWhenSomethingCanBeReached() throws Exception {
        RetentionKeeper keeper = keeper();
        keeper.round();
        policy("nightly", MAIN, "last=2");
        connected = false;
        keeper.round();
        assertEquals(List.of(), orders);
        connected = true;
        keeper.round();
        keeper.round();
        assertEquals(List.of(new JobOrder.Expire(null)), orders, "what was tried waits");
        nanos = RetentionKeeper.AGAIN.toNanos();
        keeper.round();
        assertEquals(2, orders.size(), "and is tried again");
        policy("nightly", MAIN, "last=1");
        keeper.round();
        assertEquals(3, orders.size(), "there is one more");
    }

    @Test
    void prunesOnceADayAfterAnExpiry() throws Exception {
        RetentionKeeper keeper = keeper();
        Unpruned.note(door.catalog(), MAIN);
        keeper.round();
        keeper.round();
        assertEquals(List.of(new JobOrder.Prune(MAIN, false)), orders);
        Unpruned.note(door.catalog(), MAIN);
        now = now.plus(Duration.ofHours(23));
        keeper.round();
        assertEquals(1, orders.size());
        now = now.plus(Duration.ofHours(1));
        keeper.pruneEvery(Duration.ZERO);
        keeper.round();
        assertEquals(1, orders.size());
        keeper.pruneEvery(Duration.ofDays(1));
        keeper.round();
        assertEquals(2, orders.size());
    }

    @Test
    void prunesOnceMoreWhenWhatAPruneHadToLeaveCanGo() throws Exception {
        RetentionKeeper keeper = keeper();
        PoolName copies = new PoolName("main-of-other");
        door.catalog().write(edit -> {
            edit.putPool(Rows.pool(copies.value()));
            edit.putReplica(new Replica(copies, OTHER, MAIN));
            return null;
        });
        Unpruned.later(door.catalog(), copies, now.plus(Duration.ofDays(90)));
        Unpruned.later(door.catalog(), OTHER, now.plus(Duration.ofDays(90)));
        Unpruned.later(door.catalog(), OTHER, null);
        now = now.plus(Duration.ofDays(90)).minusSeconds(1);
        keeper.round();
        assertEquals(List.of(), orders);
        now = now.plusSeconds(1);
        keeper.round();
        keeper.round();
        assertEquals(List.of(new JobOrder.Prune(MAIN, false)), orders, "of the pool in whose volumes it lies");
        Unpruned.later(door.catalog(), copies, null);
        now = now.plus(Duration.ofDays(2));
        door.catalog().write(edit -> {
            edit.putJob(new Job(new JobId(1), Job.Kind.PRUNE, Job.State.DONE, null, MAIN, BEGIN, BEGIN, 0, 0, null, null, 1, new byte[1], null));
            return null;
        });
        keeper.round();
        assertEquals(1, orders.size());
    }

    @Test
    void prunesAgainWhatAPruneDidNotEnd() throws Exception {
        RetentionKeeper keeper = keeper();
        Unpruned.note(door.catalog(), MAIN);
        keeper.round();
        assertFalse(orders.isEmpty());
        now = now.plus(Duration.ofDays(1));
        door.catalog().write(edit -> {
            edit.putJob(new Job(new JobId(1), Job.Kind.PRUNE, Job.State.DONE, null, MAIN, BEGIN, BEGIN, 0, 0, null, null, 1, new byte[1], null));
            return null;
        });
        keeper.round();
        assertEquals(1, orders.size());
        door.catalog().write(edit -> {
            edit.putJob(new Job(new JobId(1), Job.Kind.PRUNE, Job.State.FAILED, null, MAIN, BEGIN, BEGIN, 0, 0, "killed", null, 1, new byte[1], null));
            return null;
        });
        keeper.round();
        assertEquals(2, orders.size());
    }
}
