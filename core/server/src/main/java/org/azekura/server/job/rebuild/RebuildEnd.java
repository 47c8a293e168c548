package org.azekura.server.job.rebuild;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.server.job.run.JobRecord;

/**
 * A rebuild comes to its end: what came back is in the catalog, and the server goes on with it. Nothing behind the commit undoes that, nor is in the way of what comes next; what could not be done is
 * said.
 *
 * @param rebuilt called when everything is in the catalog
 */
record RebuildEnd(JobRecord record, Runnable rebuilt) {

    /** Something that is done behind the commit. */
    @FunctionalInterface
    interface Step {
        void run() throws BackupException;
    }

    /** @param made puts what came back; what it returns is the row of the job's end */
    Job commit(CatalogStore.Change<Job> made, List<Step> behind) throws BackupException {
        Job end = record.end(made);
        for (Step step : behind) {
            try {
                step.run();
            } catch (BackupException | RuntimeException e) {
                record.line(JobLine.Level.WARN, JobRecord.BEHIND + e.getMessage());
            }
        }
        rebuilt.run();
        return end;
    }
}
