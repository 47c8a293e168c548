package org.azekura.server.job.rebuild;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.LosingStore;
import org.azekura.server.job.run.ProgressBoard;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes behind the commit of a rebuild, whatever breaks. */
class RebuildEndTest {

    private static final JobId ID = new JobId(1);

    private final JobRows rows = new JobRows(Rows.pool("default"));
    private final LosingStore store = new LosingStore(rows.store());
    private final List<String> done = new ArrayList<>();
    private JobRecord record;

    @BeforeEach
    void run() throws Exception {
        Job queued = new Job(ID, Job.Kind.REBUILD, Job.State.QUEUED, null, null, Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
        rows.jobs.put(ID, queued);
        record = new JobRecord(store, new ProgressBoard(), queued);
        record.running();
    }

    private Job commit(RebuildEnd.Step... behind) throws BackupException {
        return new RebuildEnd(record, () -> done.add("rebuilt")).commit(edit -> record.ended(Job.State.DONE, 1, 2, null, new byte[] {1}), List.of(behind));
    }

    @Test
    void allOfItIsDoneThoughTheAnswerWasLost() throws Exception {
        store.loseNext(true, 0);
        assertEquals(Job.State.DONE, commit(() -> done.add("opened")).state());
        assertEquals(List.of("opened", "rebuilt"), done);
    }

    @Test
    void whatCanNotBeDoneIsSaidAndTheRestIsDone() throws Exception {
        RebuildEnd.Step breaks = () -> {
            throw BackupException.device("device.away", "", "its medium is away", null);
        };
        RebuildEnd.Step bug = () -> {
            throw new IllegalStateException("a fault of ours");
        };
        assertEquals(Job.State.DONE, commit(breaks, bug, () -> done.add("audit")).state());
        assertEquals(List.of("audit", "rebuilt"), done);
        assertEquals(List.of("behind its end: its medium is away", "behind its end: a fault of ours"), rows.lines().stream().map(JobLine::text).toList());
    }

    @Test
    void nothingComesBehindAnEndThatWasRefused() throws Exception {
        record.broken(record.ended(Job.State.CANCELLED, 0, 0, "it was cancelled", null), JobLine.Level.WARN);
        assertRefused("offer.gone", () -> commit(() -> done.add("opened")));
        assertTrue(done.isEmpty());
    }
}
