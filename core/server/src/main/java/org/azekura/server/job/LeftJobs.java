package org.azekura.server.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.place.ArchiveWait;
import org.azekura.server.job.run.JobCodecs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs that an earlier run of the server left without an end. Settled and resumed by one thread; what waits for its library is cancelled, and all of it closed, by any. */
final class LeftJobs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeftJobs.class);

    private static final int AT_ONCE = 500;
    /** A storage node joins some seconds later than the server is there: so long one is waited for that has the library which a job is about. */
    private static final Duration JOINS = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CatalogStore catalog;
    private final JobFactory factory;
    /** Numbers alone: copies that wait may be as many as there are snapshots. */
    private final List<JobId> waiting = new ArrayList<>();
    /** Of these the ones whose library is waited for. */
    private final Set<JobId> away = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Has a job begin. */
    interface Begin {
        /** @param goesOn whether it ran before, and what it made durable may be taken over */
        void begin(Job job, Checked checked, boolean goesOn);
    }

    LeftJobs(CatalogStore catalog, JobFactory factory) {
        this.catalog = catalog;
        this.factory = factory;
    }

    /**
     * Backups, restores and copies that ran wait from now on, as what waited does, and so do changes of drivers, which are only looked at later; other jobs that ran
     * have failed.
     */
    void settle() throws BackupException {
        catalog.write(edit -> {
            ArchiveWait.tidy(edit);
            return null;
        });
        for (List<Job> some = behind(null); !some.isEmpty(); some = behind(some.getLast().id())) {
            for (Job job : some) {
                settle(job);
            }
        }
    }

    private List<Job> behind(JobId last) throws BackupException {
        return catalog.read(view -> view.unendedBehind(last, AT_ONCE));
    }

    private void settle(Job job) throws BackupException {
        if (waits(job.state())) {
            waiting.add(job.id());
        } else if (job.kind() == Job.Kind.DRIVER || Parking.canGoOn(JobCodecs.ORDERS.decode(job.order()))) {
            cutOff(job);
            waiting.add(job.id());
        } else {
            end(catalog, job, Job.State.FAILED, "the server stopped while this job ran, and " + Parking.whyNot(job.kind()), state -> !state.ended());
        }
    }

    private void cutOff(Job job) throws BackupException {
        String why = "the server stopped while this job ran";
        catalog.write(edit -> {
            edit.putJob(edit.job(job.id()).orElse(job).waiting(Job.State.PARKED, why));
            edit.addLine(new JobLine(job.id(), Instant.now(), JobLine.Level.WARN, "parked: " + why));
            return null;
        });
        log.warn("job={} {}", job.id(), why);
    }

    /** Goes on with what waits; with what is about a library that is not there yet a little later. */
    void resume(Begin begin) throws BackupException {
        for (JobId id : waiting) {
            resume(id, begin, true);
        }
        waiting.clear();
        if (!away.isEmpty()) {
            Thread.ofVirtual().name("jobs of libraries").start(() -> resumeLater(begin));
        }
    }

    private void resumeLater(Begin begin) {
        try {
            for (long limit = System.nanoTime() + JOINS.toNanos(); !away.isEmpty() && !closed;) {
                Thread.sleep(LOOK);
                for (JobId id : away.stream().sorted().toList()) {
                    resume(id, begin, System.nanoTime() - limit < 0);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (BackupException | RuntimeException e) {
            log.warn("jobs={} wait for the server's next start: {}", away, e.toString());
        }
    }

    /** Begins it, unless it waits for its library. */
    private synchronized void resume(JobId id, Begin begin, boolean mayWait) throws BackupException {
        Job whole = catalog.read(view -> view.job(id)).filter(job -> waits(job.state())).orElse(null);
        away.remove(id);
        if (whole == null) {
            return;
        }
        JobOrder order = null;
        try {
            if (whole.attempts() >= Parking.MAX_ATTEMPTS) {
                throw Parking.tooOften(id, whole.error());
            }
            order = JobCodecs.ORDERS.decode(whole.order());
            begin.begin(whole, factory.find(order), whole.attempts() > 0 || whole.state() == Job.State.PARKED);
            log.info("job={} waits again", id);
        } catch (BackupException e) {
            if (order instanceof JobOrder.OfLibrary && (mayWait || closed)) {
                away.add(id);
                return;
            }
            refuse(catalog, whole, "it could not go on after a stop of the server: " + e.getMessage());
        }
    }

    /** Ends one whose library is waited for; others that wait are none of this one's. */
    synchronized void cancel(JobId id) throws BackupException {
        if (away.remove(id)) {
            Job whole = catalog.read(view -> view.job(id)).orElseThrow();
            end(catalog, whole, Job.State.CANCELLED, "the job was cancelled", LeftJobs::waits);
        }
    }

    /** Those that have not begun again wait in the catalog for the server's next start. */
    @Override
    public void close() {
        closed = true;
    }

    private static boolean waits(Job.State state) {
        return state == Job.State.QUEUED || state == Job.State.PARKED;
    }

    /** A job that waits and can't be begun has failed; one that somebody has begun meanwhile, or that has ended, is left alone. */
    static void refuse(CatalogStore catalog, Job job, String why) throws BackupException {
        end(catalog, job, Job.State.FAILED, why, LeftJobs::waits);
    }

    /** A job that never runs again. @param from in which states it is as it was thought to be */
    private static void end(CatalogStore catalog, Job job, Job.State state, String why, Predicate<Job.State> from) throws BackupException {
        boolean ends = catalog.write(edit -> {
            Job whole = edit.job(job.id()).filter(now -> from.test(now.state())).orElse(null);
            if (whole == null) {
                return false;
            }
            edit.putJob(new Job(whole.id(), whole.kind(), state, whole.client(), whole.pool(), whole.started(), Instant.now(),
                    whole.files(), whole.bytes(), why, null, whole.attempts(), whole.detour(), whole.policy(), whole.order(), null));
            edit.addLine(new JobLine(whole.id(), Instant.now(), JobLine.Level.ERROR, why));
            return true;
        });
        if (ends) {
            log.warn("job={} {}", job.id(), why);
        } else {
            log.info("job={} could not be begun, and is under way or over already: {}", job.id(), why);
        }
    }
}
