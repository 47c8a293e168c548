package org.azekura.notify;

import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Happening;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;

/** Makes of what the catalog noted what is told. */
record Happened(Jobs jobs) {

    /** Empty if it is told otherwise, or there is nothing left to tell of. */
    Optional<Told> of(Happening happening) throws BackupException {
        return switch (happening) {
            case Happening.OfAlert alert -> isOfAJob(alert.alert()) ? Optional.empty() : Optional.of(Told.of(alert.alert(), alert.came(), alert.time()));
            case Happening.OfJob job -> find(job.job()).map(found -> Told.of(found, job.state(), job.time(), saveSet(job.job()), job.error()));
        };
    }

    /** The job itself is told of. */
    private static boolean isOfAJob(Alert alert) {
        return alert.code().equals("job.parked") || List.of("policy.failed", "drill.plan.failed").contains(alert.code()) && alert.values().containsKey("job");
    }

    private Optional<Job> find(JobId id) throws BackupException {
        try {
            return Optional.of(jobs.get(id));
        } catch (BackupException e) {
            if (e.failure().code().equals("job.unknown")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Null if the job is about none. */
    private String saveSet(JobId id) {
        try {
            return jobs.order(id) instanceof JobOrder.Backup backup ? backup.saveSet().name().value() : null;
        } catch (BackupException e) {
            return null; // an order that this version can't read any more: the rest is told
        }
    }
}
