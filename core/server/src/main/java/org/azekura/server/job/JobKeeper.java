package org.azekura.server.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes jobs that ended long ago, with their logs: looks every six hours, goes through the oldest a few at a time, and rests nine times as long as each time took, so that it takes
 * a tenth of the writers' turns at most. Stays: what a run of a policy, a run of drills or a proof tells of, and the last backup of a client that ended well. What people did is in
 * the audit log, which it does not touch. On a thread of its own.
 */
public final class JobKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobKeeper.class);
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofHours(6);
    /** Jobs that are looked at in one transaction. */
    static final int BITE = 200;
    /** With so many rows of jobs and of their logs a transaction is full; one job goes as a whole. */
    static final int ROWS = 5_000;
    private static final int REST = 9;

    private final CatalogStore catalog;
    private final Supplier<Instant> now;
    private final Predicate<JobId> active;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration keep = Duration.ZERO;

    /**
     * @param now    by the clock by which things are kept
     * @param active whether the job is being worked on still, whatever its row says
     */
    public JobKeeper(CatalogStore catalog, Supplier<Instant> now, Predicate<JobId> active) {
        this.catalog = catalog;
        this.now = now;
        this.active = active;
    }

    /** How long a job is kept from its end on; zero: for ever. */
    public void keepFor(Duration time) {
        keep = time;
    }

    /** Begins to look. */
    public void open() {
        Thread.ofVirtual().name("server-jobs-kept").start(this::run);
    }

    private void run() {
        try {
            for (Duration pause = FIRST; !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS); pause = LOOK) {
                try {
                    round();
                } catch (BackupException | RuntimeException e) {
                    log.warn("jobs that ended long ago can't be deleted now: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at all that is old. @return how many were deleted */
    int round() throws BackupException, InterruptedException {
        Duration time = keep;
        int deleted = 0;
        if (!time.isZero()) {
            Instant before = now.get().minus(time);
            JobId at = null;
            long began = System.nanoTime();
            for (Bite bite = bite(at, before); bite.last() != null; bite = bite(at, before)) {
                deleted += bite.deleted();
                at = bite.last();
                if (closed.await(REST * (System.nanoTime() - began), TimeUnit.NANOSECONDS)) {
                    break;
                }
                began = System.nanoTime();
            }
        }
        if (deleted > 0) {
            log.info("{} jobs that ended more than {} days ago were deleted", deleted, time.toDays());
        }
        return deleted;
    }

    /** @param last the newest that was looked at; null if there is nothing more that may be old */
    private record Bite(JobId last, int deleted) {}

    private Bite bite(JobId behind, Instant before) throws BackupException {
        List<Job> looked = catalog.read(view -> view.jobsBehind(behind, BITE));
        // the number of a job is given when it is ordered: behind the first that was ordered later nothing is older
        if (looked.stream().noneMatch(job -> job.started().isBefore(before))) {
            return new Bite(null, 0);
        }
        if (looked.stream().noneMatch(job -> isOld(job, before))) {
            return new Bite(looked.getLast().id(), 0);
        }
        return catalog.write(edit -> {
            Set<JobId> kept = edit.jobsKept(looked.getFirst().id(), looked.getLast().id());
            List<Job> deleted = new ArrayList<>();
            JobId last = looked.getLast().id();
            int rows = 0;
            for (Job job : edit.jobsBehind(behind, BITE)) { // as they are now: one may have been ordered to go on
                if (rows < ROWS && isOld(job, before) && !kept.contains(job.id()) && !active.test(job.id())) {
                    rows += edit.deleteJob(job.id());
                    deleted.add(job);
                    last = rows < ROWS ? last : job.id();
                }
            }
            DeletedJobs.note(edit, deleted);
            return new Bite(last, deleted.size());
        });
    }

    private static boolean isOld(Job job, Instant before) {
        return job.state().ended() && job.ended() != null && job.ended().isBefore(before);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
