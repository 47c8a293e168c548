package org.azekura.server.job.run;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.Optional;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One job of which two have a record: its row decides what either may change. */
class JobRecordTest {

    private static final JobId ID = new JobId(1);
    private static final PoolName ELSEWHERE = new PoolName("elsewhere");

    private final JobRows rows = new JobRows(Rows.pool("default"));
    private final ProgressBoard board = new ProgressBoard();
    private JobRecord leads;
    private JobRecord other;

    @BeforeEach
    void run() throws Exception {
        Job queued = new Job(ID, Job.Kind.BACKUP, Job.State.QUEUED, JobRows.CLIENT, rows.poolName(), Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
        rows.jobs.put(ID, queued);
        leads = new JobRecord(rows.store(), board, queued);
        leads.running();
        other = new JobRecord(rows.store(), new ProgressBoard(), rows.jobs.get(ID));
    }

    private void refusedToTheOther() {
        Job before = rows.jobs.get(ID);
        assertRefused(Obstacle.OFFER_GONE, () -> other.hold(view -> null));
        assertRefused(Obstacle.OFFER_GONE, () -> other.goesTo(ELSEWHERE, "a reason"));
        Job end = other.ended(Job.State.DONE, 1, 2, null, null);
        assertRefused(Obstacle.OFFER_GONE, () -> rows.store().write(edit -> {
            other.putEnd(edit, end);
            return null;
        }));
        assertEquals(before, rows.jobs.get(ID));
    }

    @Test
    void whatIsCancelledIsNotCommittedByWhoHadIt() throws Exception {
        assertEquals(Optional.empty(), leads.broken(leads.ended(Job.State.CANCELLED, 0, 0, "it was cancelled", null), JobLine.Level.WARN));
        refusedToTheOther();
        assertEquals("it was cancelled", rows.lines().getLast().text());
    }

    @Test
    void whatIsParkedOrGoesOnIsNotCommittedByWhoHadIt() throws Exception {
        leads.parked("its client is gone", true);
        refusedToTheOther();
        leads.running();
        refusedToTheOther();
    }

    @Test
    void whatHasEndedStaysAsItEnded() throws Exception {
        Job end = other.ended(Job.State.DONE, 1, 2, null, null);
        rows.store().write(edit -> {
            other.putEnd(edit, end);
            return null;
        });
        assertRefused(Obstacle.OFFER_GONE, () -> leads.parked("the database was away", true));
        assertRefused(Obstacle.OFFER_GONE, leads::running);
        int lines = rows.lines().size();
        assertEquals(Optional.of(end), leads.broken(leads.ended(Job.State.FAILED, 0, 0, "the database was away", null), JobLine.Level.ERROR));
        assertEquals(end, rows.jobs.get(ID));
        assertEquals(lines, rows.lines().size());
    }

    @Test
    void aPauseLastsUntilItIsOverWhoeverChangesTheRow() throws Exception {
        leads.phase("collecting");
        leads.paused("a drive is cleaned");
        other.hold(view -> (SnapshotId) null);
        other.goesTo(ELSEWHERE, null);
        assertEquals(Job.State.PAUSED, rows.jobs.get(ID).state());
        assertEquals(ELSEWHERE, rows.jobs.get(ID).pool());
        leads.goesOn();
        assertEquals(Job.State.RUNNING, rows.jobs.get(ID).state());
        assertEquals(Job.State.RUNNING, leads.progress().state());
        assertEquals("collecting", leads.progress().phase());
        assertNull(rows.jobs.get(ID).error());
    }
}
