package org.azekura.server.job.run;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobResult;
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
        assertRefused(Obstacle.OFFER_GONE, () -> other.end(edit -> end));
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
        assertEquals(end, other.end(edit -> end));
        assertRefused(Obstacle.OFFER_GONE, () -> leads.parked("the database was away", true));
        assertRefused(Obstacle.OFFER_GONE, leads::running);
        assertEquals(Optional.of(end), leads.broken(leads.ended(Job.State.FAILED, 0, 0, "the database was away", null), JobLine.Level.ERROR));
        assertEquals(end, rows.jobs.get(ID));
        assertEquals("behind its end: the database was away", rows.lines().getLast().text());
        assertEquals(JobLine.Level.WARN, rows.lines().getLast().level());
        assertTrue(rows.lines().stream().noneMatch(line -> line.text().startsWith("parked")), () -> rows.lines().toString());
    }

    @Test
    void anEndWhoseAnswerWasLostIsOne() throws Exception {
        LosingStore store = new LosingStore(rows.store());
        JobRecord loses = new JobRecord(store, board, rows.jobs.get(ID));
        store.loseNext(true, 0);
        Job end = loses.settle(Job.State.DONE, 1, 2, null, new JobResult.Copy(List.of(), 1, 2, List.of(), List.of()));
        assertEquals(end, rows.jobs.get(ID));
        rows.jobs.put(ID, end.waiting(Job.State.RUNNING, null));
        store.loseNext(true, 1);
        assertTrue(LostAnswer.is(assertRefused("catalog.unknown", () -> loses.settle(Job.State.DONE, 1, 2, null, new JobResult.Copy(List.of(), 1, 2, List.of(), List.of())))));
    }

    @Test
    void anEndThatAnotherHasWrittenIsNotThatWhoseAnswerWasLost() {
        LosingStore store = new LosingStore(rows.store());
        JobRecord loses = new JobRecord(store, board, rows.jobs.get(ID));
        store.loseNext(true, 0);
        store.behindLoss = () -> rows.jobs.put(ID, leads.ended(Job.State.CANCELLED, 0, 0, "it was cancelled", null));
        assertRefused("catalog.io", () -> loses.settle(Job.State.DONE, 1, 2, null, new JobResult.Copy(List.of(), 1, 2, List.of(), List.of())));
        assertEquals(Job.State.CANCELLED, rows.jobs.get(ID).state());
    }

    @Test
    void whoTakesAJobBackIsNotPausedWithWhoeverHadIt() throws Exception {
        other.paused("a drive is cleaned");
        leads.reread();
        leads.phase("collecting");
        leads.progress(1, 2, 3);
        assertEquals(Job.State.RUNNING, leads.progress().state());
        leads.hold(view -> null);
        leads.goesOn();
        assertEquals(Job.State.RUNNING, rows.jobs.get(ID).state());
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
