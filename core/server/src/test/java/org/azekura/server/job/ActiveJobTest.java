package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.ProgressBoard;
import org.azekura.server.job.run.Run;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What begins behind a job's end, wherever its run broke. */
@Timeout(300)
class ActiveJobTest {

    private static final JobId ID = new JobId(1);
    private static final SaveSet SET = new SaveSet(new SaveSetName("set"), List.of(RawPath.of("/srv")), List.of(), false);

    private final JobRows rows = new JobRows(Rows.pool("default"));
    private final Queue<Job> begun = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private JobRecord record;

    @BeforeEach
    void queue() {
        Job queued = job(ID, Job.Kind.BACKUP, Job.State.QUEUED);
        rows.jobs.put(ID, queued);
        record = new JobRecord(rows.store(), new ProgressBoard(), queued);
    }

    private Job job(JobId id, Job.Kind kind, Job.State state) {
        return new Job(id, kind, state, JobRows.CLIENT, rows.poolName(), Instant.EPOCH, null, 0, 0, null, null, 0, new byte[0], null);
    }

    /** One attempt; whoever wants it to break throws. */
    private interface Attempt {
        Job carryOut() throws BackupException;
    }

    /** Puts its end and two jobs behind it, of which one runs already, and breaks. */
    private Attempt breaks(BackupException why) {
        return () -> {
            rows.store().write(edit -> {
                edit.putJob(record.ended(Job.State.DONE, 1, 2, null, null));
                edit.putJob(job(new JobId(2), Job.Kind.COPY, Job.State.QUEUED));
                edit.putJob(job(new JobId(3), Job.Kind.LOCK, Job.State.RUNNING));
                return null;
            });
            throw why;
        };
    }

    /** Puts a job that locks what is there, as a copy does with each snapshot, and breaks before it has come to its end. */
    private Attempt locks(BackupException why) {
        return () -> {
            rows.store().write(edit -> {
                edit.putJob(job(new JobId(2), Job.Kind.LOCK, Job.State.QUEUED));
                return null;
            });
            throw why;
        };
    }

    private void carryOut(Attempt... attempts) throws Exception {
        Queue<Attempt> left = new ArrayDeque<>(List.of(attempts));
        ActiveJob.Host host = new ActiveJob.Host() {
            @Override
            public Run run(boolean goesOn) {
                return new Run() {
                    @Override
                    public Job carryOut() throws BackupException {
                        return left.remove().carryOut();
                    }

                    @Override
                    public void stop(BackupException why) {}
                };
            }

            @Override
            public void begin(List<Job> next) {
                begun.addAll(next);
            }

            @Override
            public void ended() {
                ended.countDown();
            }
        };
        Checked checked = new Checked.Backup(new JobOrder.Backup(null, null, SET, null, false), Rows.client(JobRows.CLIENT.value()), null);
        JobPlace place = new JobPlace(new Places(1, 1), new Places.Claim("host", 0), List.of(), checked, record);
        new ActiveJob(rows.store(), host, new Parking(null), place, record, checked, false).start();
        assertTrue(ended.await(2, TimeUnit.MINUTES), () -> rows.states() + " " + rows.lines());
    }

    private void assertBegun() {
        assertEquals(List.of(new JobId(2)), begun.stream().map(Job::id).toList());
    }

    private void isDoneAndFollowed(BackupException why) throws Exception {
        assertEquals(Job.State.DONE, rows.job(1).state());
        assertEquals(Job.State.DONE, record.progress().state());
        assertBegun();
        assertEquals(List.of("behind its end: " + why.getMessage()), rows.lines().stream().map(JobLine::text).toList());
    }

    @Test
    void whatFollowsAnEndWhoseAnswerWasLostBeginsAtOnce() throws Exception {
        BackupException unknown = BackupException.device("catalog.unknown", "", "nobody can say whether the change is there", null);
        carryOut(breaks(unknown));
        isDoneAndFollowed(unknown);
    }

    @Test
    void whatMakesAJobWaitDoesNotBehindItsEnd() throws Exception {
        BackupException left = BackupException.network(Obstacle.CLIENT_LEFT, "host", "client host left", null);
        carryOut(breaks(left));
        isDoneAndFollowed(left);
    }

    @Test
    void whatTurnsBehindItsEndIsFollowedThoughAnotherRunHasTakenItsPlace() throws Exception {
        BackupException gone = BackupException.network(Obstacle.SERVER_GONE, "1", "the server is gone", null);
        carryOut(breaks(gone));
        assertEquals(Job.State.DONE, rows.job(1).state());
        assertBegun();
        assertEquals(1, rows.lines().size());
    }

    @Test
    void whatAJobThatFailsHasPutBeginsBehindIt() throws Exception {
        carryOut(locks(BackupException.corrupt("pack.damaged", "1", "a pack is damaged")));
        assertEquals(Job.State.FAILED, rows.job(1).state());
        assertBegun();
    }

    @Test
    void whatAnEarlierAttemptHasPutBeginsBehindTheLast() throws Exception {
        carryOut(locks(BackupException.operator(Obstacle.PLACE_GONE, "1", "it is gone")), () -> record.settle(Job.State.DONE, 1, 2, null, new JobResult.Copy(List.of(), 1, 2, List.of(), List.of())));
        assertEquals(Job.State.DONE, rows.job(1).state());
        assertBegun();
    }
}
