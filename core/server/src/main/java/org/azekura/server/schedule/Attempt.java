package org.azekura.server.schedule;

import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.PolicyRun.Part;

/**
 * The job of one save set that is about to begin.
 *
 * @param job     puts it into the catalog; null if it can't be
 * @param failure why it can't be; else null
 */
record Attempt(CatalogStore.Change<Job> job, Failure failure) {

    /** @param there whether all that it needs must be there now */
    static Attempt of(CatalogStore catalog, Scheduler.Queue queue, Course course, SaveSetId set, boolean there) {
        try {
            return new Attempt(course.prepare(catalog, queue, set, there), null);
        } catch (BackupException e) {
            return new Attempt(null, e.failure());
        }
    }

    /** @param begun takes the job that is there now */
    Part put(CatalogEdit edit, Part part, Instant now, List<Job> begun) throws BackupException {
        if (job == null) {
            return part.begun(null).failed(now, failure.message());
        }
        Job queued = job.run(edit);
        begun.add(queued);
        return part.begun(queued.id());
    }
}
