package org.azekura.server.job.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PathProblem;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.RestorePoint;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRows;
import org.junit.jupiter.api.Test;

class RestorePointsTest {

    private static final SnapshotId KEPT = new SnapshotId(0, 1);
    private static final SnapshotId DELETED = new SnapshotId(0, 2);
    private static final RestorePoint POINT = new RestorePoint(RawPath.of("/a"), null, 1, 2, List.of());

    private final JobRows rows = new JobRows(new Pool(new PoolName("default"), new NodeName("host"), new DeviceName("default"), "disk", ChunkSizes.DEFAULT, 3,
            50, new byte[0], Instant.EPOCH, null));

    private RestorePoints job(int id, Job.State state, SnapshotId snapshot) {
        JobOrder order = new JobOrder.Restore(snapshot, List.of(), null, RawPath.of("/srv"), Overwrite.NEVER, false);
        rows.jobs.put(new JobId(id), new Job(new JobId(id), Job.Kind.RESTORE, state, JobRows.CLIENT, rows.poolName(), Instant.EPOCH, null, 0, 0, null, null, 1,
                JobCodecs.ORDERS.encode(order), null));
        return new RestorePoints(rows.store(), new JobId(id));
    }

    @Test
    void whatIsKeptComesBackUntilItIsForgotten() throws BackupException {
        List<PathProblem> problems = List.of(new PathProblem(RawPath.of("/a/b"), "is in the way"));
        job(1, Job.State.RUNNING, KEPT).keep(POINT, problems);
        List<PathProblem> found = new ArrayList<>();
        RestorePoints again = new RestorePoints(rows.store(), new JobId(1));
        assertEquals(POINT, again.load(found));
        assertEquals(problems, found);
        again.forget();
        assertEquals(Set.of(), rows.settings.keySet());
    }

    @Test
    void whatBeginsAnewForgetsHowFarItWasButNotWhatCameFromElsewhere() throws BackupException {
        RestorePoints points = job(1, Job.State.RUNNING, KEPT);
        List<JobResult.Elsewhere> elsewhere = List.of(new JobResult.Elsewhere(new PoolName("offsite"), 3, 4), new JobResult.Elsewhere(new PoolName("safe"), 5, 6));
        points.keep(elsewhere);
        points.keep(POINT, List.of(new PathProblem(RawPath.of("/a/b"), "is in the way")));
        points.beginAnew();
        List<PathProblem> found = new ArrayList<>();
        assertNull(points.load(found));
        assertEquals(List.of(), found);
        assertEquals(elsewhere, points.elsewhere());
        points.keep(POINT, List.of(new PathProblem(RawPath.of("/a/c"), "is in the way")));
        points.load(found);
        assertEquals(List.of("/a/c"), found.stream().map(problem -> problem.path().toString()).toList());
        points.forget();
        assertEquals(Set.of(), rows.settings.keySet());
    }

    @Test
    void onlyWhatNobodyCanGoOnWithIsLetGo() throws BackupException {
        rows.snapshots.add(new Snapshot(KEPT, new JobId(9), rows.poolName(), JobRows.CLIENT, new SaveSetName("srv"), new ChunkId(1, 2, 3, 4), null, Instant.EPOCH,
                Instant.EPOCH, 0, 0, 0, 0, new byte[0]));
        List<PathProblem> problems = List.of(new PathProblem(RawPath.of("/a/b"), "is in the way"));
        job(1, Job.State.FAILED, KEPT).keep(POINT, problems);
        job(2, Job.State.CANCELLED, DELETED).keep(POINT, problems);
        job(3, Job.State.FAILED, DELETED).keep(POINT, List.of());
        job(4, Job.State.PARKED, DELETED).keep(POINT, List.of());
        job(5, Job.State.FAILED, DELETED);
        assertEquals(2, RestorePoints.forgetUseless(rows.store()));
        assertEquals(Set.of("restore.1.point", "restore.1.problems.0", "restore.4.point"), rows.settings.keySet());
        assertEquals(0, RestorePoints.forgetUseless(rows.store()));
    }
}
