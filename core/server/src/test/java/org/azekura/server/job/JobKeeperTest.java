package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.JobTotal;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JobKeeperTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private final Set<JobId> active = new HashSet<>();
    private CatalogDoor door;
    private JobKeeper keeper;

    @BeforeEach
    void open(@TempDir Path home) {
        door = new CatalogDoor(home);
        keeper = new JobKeeper(door.catalog(), () -> NOW, active::contains);
        keeper.keepFor(YEAR);
    }

    @AfterEach
    void close() {
        keeper.close();
        door.close();
    }

    private Job job(long id, Job.Kind kind, Job.State state, Duration age) {
        Instant began = NOW.minus(age);
        return new Job(new JobId(id), kind, state, new ClientName("web"), new PoolName("main"), began, state.ended() ? began.plusSeconds(5) : null, 1, 100, null, null, 1,
                new byte[] {1}, null);
    }

    private void put(Job... jobs) throws BackupException {
        door.change(edit -> {
            for (Job job : jobs) {
                edit.putJob(job);
                edit.addLine(new JobLine(job.id(), NOW, JobLine.Level.INFO, "a line"));
            }
        });
    }

    private List<Long> left() throws BackupException {
        return door.catalog().read(view -> view.jobs(false)).stream().map(job -> job.id().value()).toList();
    }

    @Test
    void deletesWhatEndedLongAgoAndNothingElse() throws Exception {
        Duration old = YEAR.plusDays(1);
        put(job(1, Job.Kind.BACKUP, Job.State.DONE, old), job(2, Job.Kind.BACKUP, Job.State.PARKED, old), job(3, Job.Kind.RESTORE, Job.State.FAILED, old),
                job(4, Job.Kind.DRILL, Job.State.DONE, old), job(5, Job.Kind.BACKUP, Job.State.FAILED, old), job(6, Job.Kind.COPY, Job.State.DONE, YEAR.minusDays(1)),
                job(7, Job.Kind.COPY, Job.State.DONE, YEAR.plusSeconds(4)), job(8, Job.Kind.BACKUP, Job.State.DONE, Duration.ofDays(1)));
        active.add(new JobId(5));
        door.change(edit -> {
            edit.putProof(new Proof(new JobId(4), new SnapshotId(1, 1), NOW, new SaveSetId(new ClientName("web"), new SaveSetName("etc")), new PoolName("main"), new ClientName("web"),
                    null, NOW, NOW, 1, 1, 0, List.of(), new Proof.Times(Duration.ZERO, Duration.ZERO, Duration.ZERO), Proof.Outcome.PROVEN));
            edit.putSetting("restore.3.point", "x");
            edit.putSetting("restore.3.problems.0", "y");
        });
        assertEquals(2, keeper.round());
        assertEquals(List.of(2L, 4L, 5L, 6L, 7L, 8L), left(), "2 has not ended, a proof tells of 4, 5 goes on, 7 ended a second ago by the rule");
        assertTrue(door.catalog().read(view -> view.settings("restore.")).isEmpty(), "nobody can order it to go on");
        assertEquals(List.of(), door.catalog().read(view -> view.log(new JobId(1))));
        assertEquals(Set.of(new JobTotal(Job.Kind.BACKUP, Job.State.DONE, 1, 100, 5_000), new JobTotal(Job.Kind.RESTORE, Job.State.FAILED, 1, 100, 5_000)),
                Set.copyOf(door.catalog().read(DeletedJobs::all).totals()));
    }

    @Test
    void goesThroughAllThatIsOldAFewAtATime() throws Exception {
        int many = 2 * JobKeeper.BITE + 50;
        for (int id = 1; id <= many; id++) {
            put(job(id, Job.Kind.BACKUP, id % 100 == 7 ? Job.State.QUEUED : Job.State.DONE, YEAR.plusDays(2)));
        }
        put(job(many + 1, Job.Kind.BACKUP, Job.State.DONE, Duration.ofDays(3)));
        assertEquals(many - 5, keeper.round());
        assertEquals(List.of(7L, 107L, 207L, 307L, 407L, many + 1L), left());
        assertEquals(0, keeper.round());
        assertEquals(List.of(new JobTotal(Job.Kind.BACKUP, Job.State.DONE, many - 5, 100L * (many - 5), 5_000L * (many - 5))), door.catalog().read(DeletedJobs::all).totals());
    }

    /** Who has not been saved for longer than jobs are kept is the one for whom it must be known since when. */
    @Test
    void keepsTheLastBackupOfAClientThatEndedWell() throws Exception {
        Duration old = YEAR.plusDays(9);
        put(job(1, Job.Kind.BACKUP, Job.State.DONE, old), job(2, Job.Kind.BACKUP, Job.State.WARNED, old), job(3, Job.Kind.BACKUP, Job.State.FAILED, old),
                job(4, Job.Kind.RESTORE, Job.State.DONE, old), job(5, Job.Kind.BACKUP, Job.State.FAILED, Duration.ofDays(1)));
        assertEquals(3, keeper.round());
        assertEquals(List.of(2L, 5L), left());
        put(job(6, Job.Kind.BACKUP, Job.State.DONE, Duration.ofDays(1)));
        assertEquals(1, keeper.round());
        assertEquals(List.of(5L, 6L), left());
        assertEquals(new JobId(4), door.catalog().read(DeletedJobs::all).last(), "the one that was ordered last");
    }

    @Test
    void whatAPruneCameToIsKnownWithoutItsRow() throws Exception {
        put(job(1, Job.Kind.PRUNE, Job.State.DONE, YEAR.plusDays(1)), job(2, Job.Kind.PRUNE, Job.State.FAILED, YEAR.plusDays(1)), job(3, Job.Kind.PRUNE, Job.State.DONE, Duration.ZERO));
        door.change(edit -> {
            edit.putSetting("retention.unpruned.done", "1");
            edit.putSetting("retention.unpruned.failed", "2");
            edit.putSetting("retention.unpruned.other", "3");
        });
        assertEquals(2, keeper.round());
        assertEquals(Map.of("retention.unpruned.failed", "yes", "retention.unpruned.other", "3"), door.catalog().read(view -> view.settings("retention.unpruned.")),
                "nobody prunes again what was pruned");
    }

    @Test
    void aTransactionIsFullWithSoManyLines() throws Exception {
        for (int id = 1; id <= 5; id++) {
            put(job(id, Job.Kind.BACKUP, Job.State.FAILED, YEAR.plusDays(1)));
            JobId job = new JobId(id);
            door.change(edit -> {
                for (int line = 0; line < JobKeeper.ROWS / 2; line++) {
                    edit.addLine(new JobLine(job, NOW, JobLine.Level.WARN, "a file"));
                }
            });
        }
        List<Integer> afterEach = new ArrayList<>();
        CatalogStore watched = (CatalogStore) Proxy.newProxyInstance(CatalogStore.class.getClassLoader(), new Class<?>[] {CatalogStore.class}, (self, method, args) -> {
            Object result = method.invoke(door.catalog(), args);
            if (method.getName().equals("write")) {
                afterEach.add(left().size());
            }
            return result;
        });
        try (JobKeeper one = new JobKeeper(watched, () -> NOW, active::contains)) {
            one.keepFor(YEAR);
            assertEquals(5, one.round());
        }
        assertEquals(List.of(3, 1, 0), afterEach);
    }

    @Test
    void keepsAllIfItIsToldSo() throws Exception {
        put(job(1, Job.Kind.BACKUP, Job.State.DONE, Duration.ofDays(4_000)));
        keeper.keepFor(Duration.ZERO);
        assertEquals(0, keeper.round());
        assertEquals(List.of(1L), left());
    }
}
