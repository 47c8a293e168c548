package org.azekura.server.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.server.job.place.ArchiveWait;
import org.azekura.server.job.run.JobCodecs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs that an earlier run of the server left without an end. Used by one thread. */
final class LeftJobs {

    private static final Logger log = LoggerFactory.getLogger(LeftJobs.class);

    private static final int AT_ONCE = 500;

    private final CatalogStore catalog;
    private final JobFactory factory;
    /** Numbers alone: copies that wait may be as many as there are snapshots. */
    private final List<JobId> waiting = new ArrayList<>();

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
        if (job.state() == Job.State.QUEUED || job.state() == Job.State.PARKED) {
            waiting.add(job.id());
        } else if (job.kind() == Job.Kind.DRIVER || Parking.canGoOn(JobCodecs.ORDERS.decode(job.order()))) {
            cutOff(job);
            waiting.add(job.id());
        } else {
            end(catalog, job, "the server stopped while this job ran, and " + Parking.whyNot(job.kind()), state -> !state.ended());
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

    /** Goes on with what waits. */
    void resume(Begin begin) throws BackupException {
        for (JobId id : waiting) {
            Job whole = catalog.read(view -> view.job(id)).orElse(null);
            if (whole == null) {
                continue;
            }
            try {
                if (whole.attempts() >= Parking.MAX_ATTEMPTS) {
                    throw Parking.tooOften(id, whole.error());
                }
                begin.begin(whole, factory.find(JobCodecs.ORDERS.decode(whole.order())), whole.attempts() > 0 || whole.state() == Job.State.PARKED);
                log.info("job={} waits again", id);
            } catch (BackupException e) {
                refuse(catalog, whole, "it could not go on after a stop of the server: " + e.getMessage());
            }
        }
        waiting.clear();
    }

    /** A job that waits and can't be begun has failed; one that somebody has begun meanwhile, or that has ended, is left alone. */
    static void refuse(CatalogStore catalog, Job job, String why) throws BackupException {
        end(catalog, job, why, state -> state == Job.State.QUEUED || state == Job.State.PARKED);
    }

    /** A job that never runs again has failed. @param from in which states it is as it was thought to be */
    private static void end(CatalogStore catalog, Job job, String why, Predicate<Job.State> from) throws BackupException {
        boolean ends = catalog.write(edit -> {
            Job whole = edit.job(job.id()).filter(now -> from.test(now.state())).orElse(null);
            if (whole == null) {
                return false;
            }
            edit.putJob(new Job(whole.id(), whole.kind(), Job.State.FAILED, whole.client(), whole.pool(), whole.started(), Instant.now(),
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
