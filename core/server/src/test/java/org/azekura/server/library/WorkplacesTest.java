package org.azekura.server.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WorkplacesTest {

    private static final PoolName DISK = new PoolName("disk");
    private static final JobId ONE = new JobId(1);

    @TempDir
    Path home;
    private FakeLibrary library;
    private Workplaces workplaces;
    private final List<Job> there = new ArrayList<>();
    private PoolName copiesGoTo;

    @BeforeEach
    void open() throws Exception {
        library = new FakeLibrary(home);
        workplaces = new Workplaces(library.catalog(), (Jobs) Proxy.newProxyInstance(Jobs.class.getClassLoader(), new Class<?>[] {Jobs.class}, (self, method, args) -> switch (method.getName()) {
            case "list" -> there;
            case "order" -> {
                assertEquals(ONE, args[0]);
                yield new JobOrder.Copy(copiesGoTo, DISK, null);
            }
            default -> throw new AssertionError(method);
        }));
    }

    @AfterEach
    void close() {
        library.close();
    }

    private Pool tape() throws Exception {
        return library.catalog().read(view -> view.pool(FakeLibrary.TAPE)).orElseThrow();
    }

    private void doing(Job.Kind kind, Job.State state, PoolName pool) {
        there.clear();
        there.add(new Job(ONE, kind, state, null, pool, Instant.EPOCH, null, 0, 0, null, null, 0, null, null));
    }

    /** By a job that runs. */
    private boolean isWantedBy(Job.Kind kind, PoolName pool) throws Exception {
        doing(kind, Job.State.RUNNING, pool);
        return workplaces.isWanted(tape(), null);
    }

    private void copies(PoolName of, PoolName within) throws Exception {
        PoolName name = new PoolName(of + ".in." + within);
        library.pool(name, FakeLibrary.LIB1);
        library.catalog().write(edit -> {
            edit.putReplica(new Replica(name, of, within));
            return null;
        });
    }

    @Test
    void isWantedByJobsOfAllPoolsInItAndOfNone() throws Exception {
        assertTrue(isWantedBy(Job.Kind.BACKUP, FakeLibrary.TAPE));
        assertTrue(isWantedBy(Job.Kind.PRUNE, FakeLibrary.OTHER));
        assertTrue(isWantedBy(Job.Kind.INVENTORY, null));
        assertFalse(isWantedBy(Job.Kind.VERIFY, DISK));
    }

    @Test
    void isNotWantedByWhoWaitsNorByWhoDoesNotCount() throws Exception {
        Pool tape = tape();
        doing(Job.Kind.BACKUP, Job.State.PARKED, FakeLibrary.TAPE);
        assertFalse(workplaces.isWanted(tape, null));
        doing(Job.Kind.BACKUP, Job.State.QUEUED, FakeLibrary.TAPE);
        assertTrue(workplaces.isWanted(tape, null));
        assertFalse(workplaces.isWanted(tape, ONE));
    }

    @Test
    void isWantedByCopiesThatComeOrGo() throws Exception {
        copiesGoTo = DISK;
        assertFalse(isWantedBy(Job.Kind.COPY, DISK));
        assertTrue(isWantedBy(Job.Kind.COPY, FakeLibrary.OTHER));
        copiesGoTo = FakeLibrary.OTHER;
        assertTrue(isWantedBy(Job.Kind.COPY, DISK));
    }

    @Test
    void isWantedByRestoresOfWhatMayHaveACopyThere() throws Exception {
        assertFalse(isWantedBy(Job.Kind.RESTORE, DISK));
        copies(DISK, FakeLibrary.OTHER);
        assertTrue(isWantedBy(Job.Kind.RESTORE, DISK));
        assertFalse(isWantedBy(Job.Kind.BACKUP, DISK), "it reads no copies");
    }
}
