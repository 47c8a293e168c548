package org.azekura.server.job;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.ProgressBoard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that its storage node has wait in the middle of its work. */
class PausedJobTest {

    private static final JobId ID = new JobId(1);
    private static final String WHY = "driver disk is updated to 1.1.0";

    private final JobRows rows = new JobRows(new Pool(new PoolName("default"), new NodeName("host"), new DeviceName("default"), "disk",
            ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0], Instant.EPOCH, null));
    private final ProgressBoard board = new ProgressBoard();
    private JobRecord record;

    @BeforeEach
    void begin() throws Exception {
        Job queued = new Job(ID, Job.Kind.BACKUP, Job.State.QUEUED, JobRows.CLIENT, rows.poolName(), Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
        rows.jobs.put(ID, queued);
        record = new JobRecord(rows.store(), board, queued);
        record.running();
        record.phase("collecting");
    }

    private List<String> lines() {
        return rows.lines().stream().map(JobLine::text).toList();
    }

    @Test
    void saysWhyAndGoesOnWhereItWas() throws Exception {
        record.paused(WHY);
        assertEquals(Job.State.PAUSED, rows.job(1).state());
        assertEquals(WHY, rows.job(1).error());
        assertEquals(Job.State.PAUSED, record.progress().state());
        assertEquals("paused: " + WHY, record.progress().phase());
        record.progress(5, 6, 7);
        assertEquals(Job.State.PAUSED, record.progress().state());
        record.goesOn();
        assertEquals(Job.State.RUNNING, rows.job(1).state());
        assertNull(rows.job(1).error());
        assertEquals("collecting", record.progress().phase());
        assertEquals(5, record.progress().files());
        assertEquals(List.of("paused: " + WHY, "goes on"), lines());
    }

    @Test
    void keepsWhatOthersWroteInTheRowMeanwhile() throws Exception {
        SnapshotId held = new SnapshotId(3, 4);
        record.hold(view -> held);
        record.paused(WHY);
        assertEquals(held, rows.job(1).holds());
        record.goesOn();
        assertEquals(held, rows.job(1).holds());
        assertEquals(1, rows.job(1).attempts());
    }

    @Test
    void aJobThatHasEndedOrWaitsForSomethingElseStaysAsItIs() throws Exception {
        record.parked("no room", false);
        record.paused(WHY);
        record.goesOn();
        assertEquals(Job.State.PARKED, rows.job(1).state());
        assertEquals("no room", rows.job(1).error());
        Job end = record.ended(Job.State.DONE, 1, 2, null, null);
        rows.jobs.put(ID, end);
        record.committed(end);
        record.paused(WHY);
        assertEquals(Job.State.DONE, rows.job(1).state());
        assertEquals(Job.State.DONE, record.progress().state());
    }

    @Test
    void whatItWaitsForIsToldAgainOnlyIfItGotFurtherMeanwhile() throws Exception {
        for (String why : List.of("no room", "no room", "no cartridge", "no cartridge")) {
            record.parked(why, false);
            record.running();
        }
        assertEquals(List.of("parked: no room", "parked: no cartridge"), lines());
        record.progress(5, 6, 7);
        record.parked("no cartridge", false);
        assertEquals(3, lines().size());
    }

    @Test
    void onlyItsOwnNodePausesAPool() throws Exception {
        JobQueue queue = new JobQueue(rows.store(), null, new NodeName("here"));
        assertRefused("pool.unknown", () -> queue.active().paused(new NodeName("other"), rows.poolName(), WHY));
        queue.active().paused(new NodeName("host"), rows.poolName(), WHY);
    }
}
