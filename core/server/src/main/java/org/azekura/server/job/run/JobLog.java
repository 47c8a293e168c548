package org.azekura.server.job.run;

import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.JobLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of one job, in its own log in the catalog and in the server's. */
record JobLog(CatalogStore catalog, JobId job) {

    private static final Logger log = LoggerFactory.getLogger(JobRecord.class);

    JobLine of(JobLine.Level level, String text) {
        return new JobLine(job, Instant.now(), level, text);
    }

    /** In both. A line that can't be kept never ends a job. */
    void line(JobLine.Level level, String text) {
        tell(level, text);
        try {
            catalog.write(edit -> {
                edit.addLine(of(level, text));
                return null;
            });
        } catch (BackupException e) {
            log.warn("job={} a line of its log could not be kept: {}", job, e.getMessage());
        }
    }

    /** In the server's alone. */
    void tell(JobLine.Level level, String text) {
        switch (level) {
            case INFO -> log.info("job={} {}", job, text);
            case WARN -> log.warn("job={} {}", job, text);
            case ERROR -> log.error("job={} {}", job, text);
        }
    }
}
